//! Saved datasets come back as they were, and a file is replaced by a whole one or not at all.

mod support;

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use dn_model::{Dataset, EntityRecord, OpenReason, Record, SaveStep};
use proptest::prelude::*;
use support::{File, bytes, look_at, open, small};

/// A folder of a test's own, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("dn-model-saved-{}-{test}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }

    /// What is in it, by name.
    fn names(&self) -> Vec<String> {
        let name = |file: io::Result<fs::DirEntry>| file.unwrap().file_name().into_string().unwrap();
        let mut names: Vec<String> = fs::read_dir(&self.0).unwrap().map(name).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

fn empty() -> Dataset {
    Dataset::builder().build().unwrap()
}

// -------------------------------------------------------------------- what comes back

#[track_caller]
fn comes_back(dataset: &Dataset) {
    let saved = bytes(dataset);
    let opened = open(&saved).unwrap();
    assert!(opened == *dataset);
    assert_eq!(opened.version(), dataset.version());
    assert_eq!(opened.recheck(), Ok(()));
    assert_eq!(bytes(&opened), saved, "saved again it gives other bytes");
}

#[cfg(feature = "data")]
#[test]
fn the_embedded_data_come_back() {
    comes_back(Dataset::embedded());
}

#[test]
fn an_empty_dataset_comes_back() {
    comes_back(&empty());
    comes_back(&Dataset::builder().version("").build().unwrap());
}

#[cfg(feature = "synthetic")]
#[test]
fn invented_networks_come_back() {
    use dn_model::synthetic::Synthetic;
    // The last is larger than what is read at once, and than what one thread reads alone.
    for claims in [1, 10, 1_000, 20_000] {
        let dataset =
            Dataset::builder().records("synthetic", Synthetic::new(claims).seed(3).records()).build().unwrap();
        comes_back(&dataset);
        let folder = Folder::new("synthetic");
        dataset.save(folder.path("network.dn")).unwrap();
        assert!(Dataset::open(folder.path("network.dn")).unwrap() == dataset);
    }
}

/// Any text that says something may be a name.
fn names() -> impl Strategy<Value = String> {
    let odd =
        "\0 \u{1} \u{7f} \u{85} \u{202e} \u{feff} \u{fffd} \u{10ffff} \u{e000} 😀 \r\n \\ \" ' ]]> <!-- ä a\u{308}";
    let odd: Vec<String> = odd.split(' ').map(|part| format!("x{part}y")).collect();
    prop_oneof![any::<String>(), proptest::sample::select(odd), "x{1,3000}"]
        .prop_filter("it says something", |name| !name.trim().is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_texts_come_back(names in proptest::collection::vec((names(), names(), names()), 0..20), version in any::<String>()) {
        let records = names.iter().enumerate().map(|(n, (name, one, other))| {
            let id: dn_model::EntityId = format!("topic:t{n}").parse().unwrap();
            let mut record = EntityRecord::new(id, name);
            record.aliases = vec![one.as_str().into(), other.as_str().into()];
            Record::Entity(record)
        });
        comes_back(&Dataset::builder().records("names", records).version(&version).build().unwrap());
    }
}

#[test]
fn equal_datasets_give_equal_bytes() {
    let dataset = small();
    let mut records: Vec<Record> = dataset.records().collect();
    for _ in 0..records.len() {
        records.rotate_left(1);
        let mut reversed = records.clone();
        reversed.reverse();
        for records in [records.clone(), reversed] {
            let again = Dataset::builder().records("again", records).version("1").build().unwrap();
            assert_eq!(bytes(&again), bytes(&dataset));
        }
    }
}

/// Gives one byte at a time, and stops in between.
struct Slow<'b>(&'b [u8], bool);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.1 = !self.1;
        if self.1 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let length = buffer.len().min(1);
        self.0.read(&mut buffer[..length])
    }
}

#[test]
fn a_stream_may_bring_it_in_any_pieces_and_something_else_behind() {
    let dataset = small();
    let mut stream = bytes(&dataset);
    stream.extend(b"what follows");
    let mut slow = Slow(&stream, false);
    assert!(Dataset::open_from(&mut slow).unwrap() == dataset);
    assert_eq!(slow.0, b"what follows");
}

#[test]
fn a_reader_that_fails_is_told_apart_from_one_that_ends() {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the cable is out"))
        }
    }
    let saved = bytes(&small());
    for length in (0..saved.len()).step_by(101) {
        let error = Dataset::open_from(saved[..length].chain(Fails)).unwrap_err();
        assert!(matches!(error.reason, OpenReason::Read(_)), "{error}");
        assert_eq!(error.to_string(), "cannot be read: the cable is out");
    }
}

// -------------------------------------------------------------------- what is no saved dataset

#[test]
fn other_files_are_named_for_what_they_are() {
    let folder = Folder::new("others");
    let mut later = File::of(&bytes(&empty()));
    later.head[8] = 3;
    let as_text = bytes(&empty()).split(|byte| *byte == b'\r').collect::<Vec<_>>().concat();
    for (name, content, expected) in [
        ("empty.dn", &b""[..], "is not a saved dataset: it is empty"),
        (
            "data.toml",
            support::SMALL.as_bytes(),
            "is not a saved dataset: it is a text; data files are read by `Dataset::builder`",
        ),
        (
            "data.dn.gz",
            b"\x1f\x8b\x08\0\0\0",
            "is not a saved dataset: it is compressed with gzip, and is to be unpacked first",
        ),
        (
            "data.dn.zst",
            b"\x28\xb5\x2f\xfd\0\0",
            "is not a saved dataset: it is compressed with zstd, and is to be unpacked first",
        ),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0", "is not a saved dataset: it does not begin like one"),
        ("zeros.dn", &[0; 10_000], "is not a saved dataset: it does not begin like one"),
        ("text.dn", &as_text, "is not a saved dataset: its line ends were changed, as if it were a text"),
        ("later.dn", &later.sealed(), "is saved in format 3, and this version of dn-model reads format 2 only"),
        ("begun.dn", b"\x89DNKG\r", "ends after 6 bytes of 2192, in `header`"),
    ] {
        let path = folder.write(name, content);
        let error = Dataset::open(&path).unwrap_err();
        assert_eq!(error.to_string(), format!("{}: {expected}", path.display()));
    }
    // In the middle of a section, the section is named.
    let saved = bytes(&small());
    let cut = folder.write("cut.dn", &saved[..saved.len() - 1]);
    let message = format!("{}: ends after {} bytes of {}, in `version`", cut.display(), saved.len() - 1, saved.len());
    assert_eq!(Dataset::open(&cut).unwrap_err().to_string(), message);
    let longer = folder.write("longer.dn", &[&saved[..], b"\n"].concat());
    let message = format!("{}: has {} bytes, and should end after {}", longer.display(), saved.len() + 1, saved.len());
    assert_eq!(Dataset::open(&longer).unwrap_err().to_string(), message);
    let mut damaged = saved.clone();
    let last = saved.len() - 2;
    damaged[last] ^= 1;
    let damaged = folder.write("damaged.dn", &damaged);
    let error = Dataset::open(&damaged).unwrap_err().to_string();
    let end = format!("up to {}, does not have the checksum that was saved", saved.len());
    assert!(error.starts_with(&format!("{}: is damaged: `version`, from byte ", damaged.display())), "{error}");
    assert!(error.ends_with(&end), "{error}");

    let absent = Dataset::open(folder.path("absent.dn")).unwrap_err();
    assert!(matches!(&absent.reason, OpenReason::Read(error) if error.kind() == io::ErrorKind::NotFound), "{absent}");
    assert!(absent.to_string().starts_with(&folder.path("absent.dn").display().to_string()), "{absent}");
    assert!(matches!(Dataset::open(&folder.0).unwrap_err().reason, OpenReason::Read(_)));
}

// -------------------------------------------------------------------- saving over a file

#[test]
fn a_file_is_replaced() {
    let folder = Folder::new("replaced");
    let path = folder.path("data.dn");
    for dataset in [empty(), small(), empty()] {
        dataset.save(&path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), bytes(&dataset));
        assert!(Dataset::open(&path).unwrap() == dataset);
    }
    // Whatever was there.
    folder.write("data.dn", b"something else");
    small().save(&path).unwrap();
    assert!(Dataset::open(&path).unwrap() == small());
    assert_eq!(folder.names(), ["data.dn"]);
}

#[test]
fn what_cannot_be_saved_says_where_and_why() {
    let folder = Folder::new("refused");
    let check = |path: &Path, step: SaveStep, expected: &str| {
        let error = small().save(path).unwrap_err();
        assert_eq!(error.step, step);
        assert_eq!(error.file, path);
        assert!(error.to_string().starts_with(&format!("{}: {expected}", path.display())), "{error}");
    };
    check(&folder.path("no/such/folder.dn"), SaveStep::Create, "cannot be made: ");
    check(&folder.0, SaveStep::Create, "cannot be made: it is there, and is not a file");
    check(Path::new(""), SaveStep::Create, "cannot be made: it has no name");
    assert!(folder.names().is_empty());
}

#[cfg(unix)]
#[test]
fn a_device_is_not_replaced_by_a_file() {
    let error = small().save("/dev/null").unwrap_err();
    assert_eq!(error.to_string(), "/dev/null: cannot be made: it is there, and is not a file");
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("links");
    let (file, link) = (folder.write("file.dn", b"old"), folder.path("link.dn"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    small().save(&link).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(Dataset::open(&file).unwrap() == small());
}

#[cfg(unix)]
#[test]
fn a_pipe_is_read_as_it_comes() {
    let folder = Folder::new("pipe");
    let pipe = folder.path("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    std::thread::scope(|scope| {
        scope.spawn(|| small().save_to(fs::OpenOptions::new().write(true).open(&pipe).unwrap()).unwrap());
        assert!(Dataset::open(&pipe).unwrap() == small());
    });
}

#[test]
fn what_crashed_saves_left_is_removed_once_it_is_old() {
    let folder = Folder::new("left");
    let left = [".data.dn.0123456789abcdef.saving", ".data.dn.fedcba9876543210.saving"]
        .map(|name| folder.write(name, b"half"));
    let others = [
        ".data.dn.saving",
        ".data.dn.0123456789abcdef.saving.bak",
        ".data.dn.0123456789abcdeg.saving",
        ".data.dn.0123.saving",
        ".other.dn.0123456789abcdef.saving",
        "data.dn.0123456789abcdef.saving",
    ];
    let old = SystemTime::now() - Duration::from_secs(2 * 60 * 60);
    for file in others.map(|name| folder.write(name, b"of somebody else")).iter().chain(&left[..1]) {
        fs::OpenOptions::new().write(true).open(file).unwrap().set_modified(old).unwrap();
    }
    small().save(folder.path("data.dn")).unwrap();
    let mut expected: Vec<&str> = others.to_vec();
    // The young one may be that of a save that is under way.
    expected.extend(["data.dn", ".data.dn.fedcba9876543210.saving"]);
    expected.sort();
    assert_eq!(folder.names(), expected);
}

/// Takes so many bytes, and then there is no room.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = bytes.len().min(self.0);
        self.0 -= length;
        if length == 0 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(length) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_writer_that_is_full_is_told_wherever_it_is() {
    let dataset = small();
    let length = bytes(&dataset).len();
    for room in (0..600).chain((600..length).step_by(13)) {
        let error = dataset.save_to(Full(room)).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull, "{room}");
    }
    dataset.save_to(Full(length)).unwrap();
}

/// Saves where it is told, in a process that may not write longer files than it is told.
#[test]
fn child_saves_with_little_room() {
    if let Some(path) = std::env::var_os("SAVE_WITH_LITTLE_ROOM") {
        let error = small().save(path).unwrap_err();
        assert_eq!(error.step, SaveStep::Write, "{error}");
    }
}

/// The system refuses a write somewhere in the middle, as it does when a disk is full.
#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_leaves_the_old_one() {
    let folder = Folder::new("room");
    let path = folder.path("data.dn");
    empty().save(&path).unwrap();
    let blocks = bytes(&small()).len() / 512;
    for room in 0..=blocks {
        // The signal is ignored, so that the write fails instead.
        let script = format!("trap '' XFSZ; ulimit -f {room}; exec \"$0\" --exact child_saves_with_little_room");
        let this = std::env::current_exe().unwrap();
        let said = std::process::Command::new("sh")
            .args(["-c", &script])
            .arg(this)
            .env("SAVE_WITH_LITTLE_ROOM", &path)
            .output()
            .unwrap();
        assert!(said.status.success(), "{room}: {}", String::from_utf8_lossy(&said.stdout));
        assert_eq!(folder.names(), ["data.dn"], "{room}");
        assert!(Dataset::open(&path).unwrap() == empty(), "{room}");
    }
}

#[test]
fn who_opens_while_others_save_has_one_or_the_other() {
    let folder = Folder::new("threads");
    let path = folder.path("data.dn");
    let datasets = [empty(), small()];
    datasets[0].save(&path).unwrap();
    std::thread::scope(|scope| {
        for dataset in &datasets {
            scope.spawn(|| (0..30).for_each(|_| dataset.save(&path).unwrap()));
        }
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..60 {
                    let opened = Dataset::open(&path).unwrap();
                    assert!(datasets.contains(&opened));
                }
            });
        }
    });
    assert_eq!(folder.names(), ["data.dn"]);
}

#[test]
fn an_opened_dataset_answers_as_the_built_one() {
    let dataset = open(&bytes(&small())).unwrap();
    look_at(&dataset);
    assert_eq!(dataset.resolve("EE").unwrap().name(), "Estonia");
    assert_eq!(dataset.resolve("Märkmed 😀").unwrap().slug(), "notes");
    assert!(dataset.records().eq(small().records()));
    assert!(dataset.to_builder().build().unwrap() == small());
}
