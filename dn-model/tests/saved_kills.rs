//! A process that is killed while it saves leaves the old file or the new one.
//!
//! `KILLS=1000 cargo test --release -p dn-model --test saved_kills` tries it more often.

use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use dn_model::{Dataset, EntityRecord, Record};

const FOLDER: &str = "SAVE_UNTIL_KILLED";

/// Saves one dataset and another in turn, until it is killed.
#[test]
fn child_saves_until_it_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let folder = Path::new(&folder);
    let datasets = ["one.dn", "two.dn"].map(|name| Dataset::open(folder.join(name)).unwrap());
    fs::write(folder.join("ready"), b"").unwrap();
    loop {
        datasets.iter().for_each(|dataset| dataset.save(folder.join("saved.dn")).unwrap());
    }
}

/// Many topics, so that there is something to write.
fn dataset(name: &str) -> Dataset {
    let topic = |n: u32| {
        EntityRecord::new(format!("topic:t{n}").parse::<dn_model::EntityId>().unwrap(), &format!("{name} {n}"))
    };
    Dataset::builder().records("topics", (0..20_000).map(|n| Record::Entity(topic(n)))).build().unwrap()
}

#[test]
fn a_killed_save_leaves_the_old_file_or_the_new() {
    let kills = std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(30);
    let folder = std::env::temp_dir().join(format!("dn-model-kills-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let [one, two] = ["one", "two"].map(|name| {
        let dataset = dataset(name);
        dataset.save(folder.join(name).with_extension("dn")).unwrap();
        dataset
    });
    let saved = folder.join("saved.dn");
    let start = Instant::now();
    one.save(&saved).unwrap();
    // Somewhere in the first few saves.
    let longest = 10 * start.elapsed().as_micros() as u64;
    let left = || {
        let names = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
        names.filter(|path| path.extension().is_some_and(|extension| extension == "saving")).collect::<Vec<_>>()
    };
    let mut found = [0; 2];
    for kill in 0..kills {
        _ = fs::remove_file(folder.join("ready"));
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_saves_until_it_is_killed"])
            .env(FOLDER, &folder)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        while !folder.join("ready").exists() {
            assert_eq!(child.try_wait().unwrap(), None, "the child ended");
            std::thread::sleep(Duration::from_micros(200));
        }
        std::thread::sleep(Duration::from_micros(RandomState::new().hash_one(kill) % longest));
        child.kill().unwrap();
        child.wait().unwrap();
        let opened = Dataset::open(&saved).unwrap_or_else(|error| panic!("kill {kill}: {error}"));
        let which = if opened == one { 0 } else { 1 };
        assert!(which == 0 || opened == two, "kill {kill}: neither the one nor the other");
        found[which] += 1;
    }
    let half = left();
    println!("{kills} kills: {found:?} times the one and the other; {} files were left behind", half.len());

    // What was left is no longer there after a save some time later.
    let old = SystemTime::now() - Duration::from_secs(2 * 60 * 60);
    for path in &half {
        fs::OpenOptions::new().write(true).open(path).unwrap().set_modified(old).unwrap();
    }
    one.save(&saved).unwrap();
    assert_eq!(left(), Vec::<std::path::PathBuf>::new());
    fs::remove_dir_all(&folder).unwrap();
}
