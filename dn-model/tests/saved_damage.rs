//! Of a file that is not what was saved no dataset is made; and of one that somebody made up, none that
//! panics.

mod support;

use dn_model::{Dataset, EntityId, EntityRecord, Record};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use support::{File, bytes, look_at, open, small, word_at};

#[test]
fn the_small_dataset_comes_back() {
    let dataset = small();
    let opened = open(&bytes(&dataset)).unwrap();
    assert!(opened == dataset);
    assert_eq!(opened.recheck(), Ok(()));
    look_at(&opened);
    assert_eq!(File::of(&bytes(&dataset)).sealed(), bytes(&dataset), "the tests take it apart rightly");
}

/// Cut anywhere, it is nothing: the header tells how long it is.
#[test]
fn every_cut_is_found() {
    let saved = bytes(&small());
    for length in 0..saved.len() {
        let error = open(&saved[..length]).err().unwrap_or_else(|| panic!("{length} bytes are a dataset"));
        let expected = match length {
            0 => "is not a saved dataset: it is empty".to_owned(),
            _ => format!("ends after {length} bytes of "),
        };
        assert!(error.starts_with(&expected), "{length}: {error}");
    }
}

/// Every bit is under a checksum: of the header and the table, or of a section. Without optimization, of
/// the sections one bit of each byte is tried, since to a checksum all are alike.
#[test]
fn every_flipped_bit_is_found() {
    let mut saved = bytes(&small());
    let header = saved.len() - File::of(&saved).sections.iter().map(|(_, section)| section.len()).sum::<usize>();
    for at in 0..saved.len() {
        let all = at < header || !cfg!(debug_assertions);
        for bit in (0..8).filter(|bit| all || *bit == at % 8) {
            saved[at] ^= 1 << bit;
            assert!(open(&saved).is_err(), "bit {bit} of byte {at} does not matter");
            saved[at] ^= 1 << bit;
        }
    }
    assert!(open(&saved).is_ok());
}

/// A file so long that two threads read it.
#[test]
fn long_files_are_held_to_the_same() {
    let topic = |n: u32| EntityRecord::new(format!("topic:t{n}").parse::<EntityId>().unwrap(), &format!("Topic {n}"));
    let records = (0..25_000).map(|n| Record::Entity(topic(n)));
    let dataset = Dataset::builder().records("topics", records).build().unwrap();
    let path = std::env::temp_dir().join(format!("dn-model-long-{}.dn", std::process::id()));
    dataset.save(&path).unwrap();
    assert!(Dataset::open(&path).unwrap() == dataset);
    let mut saved = std::fs::read(&path).unwrap();
    assert!(saved.len() > 1 << 20);
    for n in 0..20 {
        let at = saved.len() * n / 20 + n;
        saved[at] ^= 1 << (n % 8);
        std::fs::write(&path, &saved).unwrap();
        let error = Dataset::open(&path).unwrap_err();
        assert_eq!(error.to_string(), format!("{}: {}", path.display(), open(&saved).unwrap_err()));
        saved[at] ^= 1 << (n % 8);
        std::fs::write(&path, &saved[..at]).unwrap();
        assert!(Dataset::open(&path).is_err());
    }
    std::fs::remove_file(&path).unwrap();
}

/// `CASES=1000000 cargo test --release -p dn-model --test saved_damage` looks longer.
fn cases() -> u32 {
    std::env::var("CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(512)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn all_other_damage_is_found(
        changes in vec((any::<Index>(), any::<u8>()), 1..20),
        swap in proptest::option::of((any::<Index>(), any::<Index>(), 1usize..300)),
        more in vec(any::<u8>(), 0..3),
    ) {
        let saved = bytes(&small());
        let mut changed = saved.clone();
        for (at, byte) in changes {
            let at = at.index(changed.len());
            changed[at] = byte;
        }
        if let Some((from, to, length)) = swap {
            let (from, to) = (from.index(changed.len()), to.index(changed.len()));
            let length = length.min(changed.len() - from.max(to));
            let moved = changed[from..from + length].to_vec();
            changed[to..to + length].copy_from_slice(&moved);
        }
        if changed != saved {
            prop_assert!(open(&changed).is_err());
        }
        // Of a stream what follows is left for others; a file has nothing behind its end.
        let file = std::env::temp_dir().join(format!("dn-model-longer-{}.dn", std::process::id()));
        let longer: Vec<u8> = saved.iter().chain(&more).copied().collect();
        std::fs::write(&file, &longer).unwrap();
        prop_assert_eq!(Dataset::open(&file).is_ok(), more.is_empty());
        std::fs::remove_file(&file).unwrap();
    }

    /// Numbers that are as likely as any to be taken for something else, in any places, with checksums
    /// that fit.
    #[test]
    fn whatever_somebody_makes_up_has_an_outcome(
        changes in vec((any::<Index>(), any::<Index>(), 0usize..10, any::<u32>()), 1..4),
    ) {
        let mut file = File::of(&bytes(&small()));
        for (section, at, which, random) in changes {
            let count = file.sections.len();
            let section = &mut file.sections[section.index(count)].1;
            if which == 9 {
                let length = at.index(section.len() + 5);
                section.resize(length, 1);
            } else if section.len() >= 4 {
                let place = word_at(at.index(section.len() / 4));
                let old = u32::from_le_bytes(section[place.clone()].try_into().unwrap());
                let new = match which {
                    0 => 0,
                    1 => 1,
                    2 => u32::MAX,
                    3 => u32::MAX - 1,
                    4 => i32::MAX as u32,
                    5 => old.wrapping_add(1),
                    6 => old.wrapping_sub(1),
                    7 => random % 16,
                    _ => random,
                };
                section[place].copy_from_slice(&new.to_le_bytes());
            } else if let Some(byte) = section.first_mut() {
                *byte = random as u8;
            }
        }
        if let Ok(dataset) = open(&file.sealed()) {
            look_at(&dataset);
        }
    }
}

/// Changes a file, seals it, and holds the message against what is expected.
#[track_caller]
fn check(change: impl FnOnce(&mut File), expected: &str) {
    let mut file = File::of(&bytes(&small()));
    change(&mut file);
    match open(&file.sealed()) {
        Ok(_) => panic!("a dataset was made of it; expected: {expected}"),
        Err(error) => assert!(error.contains(expected), "{error}\nexpected: {expected}"),
    }
}

/// Sets one number of a section; a negative row counts from the end. The message names the section, unless
/// it is expected to name another.
#[track_caller]
fn check_word(section: &str, row: isize, word: u32, expected: &str) {
    let change = |file: &mut File| {
        let mut words = file.words(section);
        let row = if row < 0 { words.len() as isize + row } else { row };
        words[row as usize] = word;
        file.set_words(section, &words);
    };
    if !expected.starts_with("in `") {
        check(change, &format!("in `{section}`, "));
    }
    check(change, expected);
}

/// The entities are Estonia, Uruguay, Tallinn, notes, other, cloud, fog and rain, from 0 to 7; there are 3
/// passages, of which the second has no claims, and 7 claims.
#[test]
fn a_position_beyond_the_end_is_found_in_every_column() {
    for (section, rows) in [
        ("claims.subjects", "8 entities"),
        ("claims.qualifiers", "sets of qualifiers"),
        ("claims.by-subject", "7 claims"),
        ("claims.relations", "relations"),
        ("notes", "texts"),
        ("notes.owners", "7 owners"),
        ("lists", "8 entities"),
        ("entities.names", "texts"),
        ("aliases", "texts"),
        ("aliases.owners", "8 owners"),
        ("iso-alpha2", "texts"),
        ("iso-alpha2.owners", "8 owners"),
        ("iso-alpha3", "texts"),
        ("wikidata", "texts"),
        ("iris", "texts"),
        ("broader", "8 entities"),
        ("possibly-same", "8 entities"),
        ("twins", "8 entities"),
        ("sources.entities", "8 entities"),
        ("no-claims", "texts"),
        ("no-claims.owners", "3 owners"),
    ] {
        for word in [1_000, u32::MAX - 1, u32::MAX] {
            check_word(section, -1, word, &format!("position {word} is beyond the "));
            check_word(section, -1, word, rows);
        }
    }
    // The largest number is no heading.
    check_word("passages.headings", 0, 1_000, "position 1000 is beyond the ");
    check_word("claims.objects", 0, 1_000, "there is no such object");
    for section in ["passages.documents", "claims.passages"] {
        check_word(section, -1, 1_000, "these do not begin and end with their group");
    }
    for section in ["texts.table", "entities.table", "claims.table"] {
        check(
            |file| {
                let words =
                    file.words(section).iter().map(|word| if *word == 0 { 1_000 } else { *word }).collect::<Vec<_>>();
                file.set_words(section, &words);
            },
            "this is no hash table of ",
        );
    }
}

#[test]
fn hash_tables_have_a_free_slot_and_a_length_that_their_mask_fits() {
    for section in ["texts.table", "entities.table", "claims.table"] {
        // A look-up that meets no free slot goes round once and ends; still it is no table.
        let full = |file: &mut File| {
            let words: Vec<u32> = (0..file.words(section).len() as u32).collect();
            file.set_words(section, &words);
        };
        check(full, "this is no hash table of ");
        let odd = |file: &mut File| file.section(section).extend([0xff; 4]);
        check(odd, "this is no hash table of ");
        check(|file| file.section(section).clear(), "this is no hash table of ");
    }
}

#[test]
fn orders_that_searches_rely_on_are_held() {
    check(|file| file.section("entities.kinds").swap(0, 7), "in `entities.slugs.ends`, at byte ");
    check(|file| file.section("entities.slugs")[0] = b'z', "this is out of order");
    check_word("passages.positions", 1, 1, "this is out of order");
    check_word("passages.positions", 0, 0, "there is no position 0");
    check_word("claims.passages", 0, 2, "this is out of order");
    check_word("notes.owners", 0, 6, "this is out of order");
    check_word("lists.starts", 1, 1_000, "this is out of order");
    check_word("lists.starts", 0, 1, "these do not span the ");
    check_word("claims.starts", 1, 7, "this is out of order");
    check_word("claims.starts", -1, 6, "this is out of order");
    check_word("passages.starts", 1, 5, "in `claims.passages`, ");
    check_word("sources.starts", -1, 2, "these do not span the 3 items");
    check_word("texts.ends", 0, 1_000, "this is not where a text can end");
    check_word("entities.slugs.ends", -1, 3, "this is not where a text can end");
    check(|file| file.section("claims.ids").copy_within(12..24, 0), "this is out of order");
    // Two codes of one entity.
    let twice = |file: &mut File| {
        for section in ["iso-alpha2", "iso-alpha2.owners"] {
            let words = file.words(section).repeat(2);
            file.set_words(section, &words);
        }
    };
    check(twice, "this is out of order");
    // The longest list has two items, in order.
    let reversed = |file: &mut File| {
        let (starts, mut items) = (file.words("lists.starts"), file.words("lists"));
        let list = starts.windows(2).find(|list| list[1] - list[0] == 2).unwrap();
        items.swap(list[0] as usize, list[0] as usize + 1);
        file.set_words("lists", &items);
    };
    check(reversed, "this list is out of order");
}

#[test]
fn columns_of_one_table_have_as_many_rows() {
    for section in [
        "entities.names",
        "entities.slugs.ends",
        "claims.relations",
        "claims.objects",
        "claims.passages",
        "claims.qualifiers",
        "claims.by-subject",
        "claims.starts",
        "passages.positions",
        "passages.headings",
        "passages.starts",
        "sources.starts",
        "aliases",
        "twins.owners",
    ] {
        let shorter = |file: &mut File| {
            let length = file.section(section).len() - 4;
            file.section(section).truncate(length);
        };
        check(shorter, "is no sound dataset");
    }
    check(|file| file.section("claims.ids").truncate(12), "there are 1 rows, where 7 are expected");
    check(|file| file.section("passages.hashes").truncate(32), "there are 1 rows, where 3 are expected");
    check(|file| file.section("claims.ids").truncate(13), "this is no length that the section can have");
    check(|file| _ = file.section("entities.kinds").pop(), "are expected");
    check(|file| file.section("lists.starts").clear(), "in `lists.starts`, ");
}

#[test]
fn entities_are_of_the_kind_that_belongs_there() {
    check_word("broader", 0, 0, "this is no topic");
    check_word("sources.entities", 0, 2, "this is no document");
    check_word("passages.documents", 0, 2, "these do not begin and end with their group");
    // The sixth number of a set are its topics; list 0 are speakers.
    check_word("qualifiers", 6, 0, "this set names what is not there, or no topics");
    check_word("no-claims.owners", 0, 0, "this passage has claims");
    let circle = |file: &mut File| {
        // Cloud and fog, each broader than the other.
        file.set_words("broader.owners", &[5, 6, 7]);
        file.set_words("broader", &[6, 5, 6]);
    };
    check(circle, "in `broader`, at byte ");
    check(circle, "this leads in a circle");
}

#[test]
fn qualifiers_dates_and_values_are_what_they_can_be() {
    // Standing, stage, scope, inferred parts; then from, to, as of, said at, said by, on, role.
    for (byte, value) in [(0, 5), (1, 5), (2, 5), (3, 16)] {
        check(|file| file.section("qualifiers")[byte] = value, "in `qualifiers`, at byte ");
    }
    let date = |year: u32, month: u32, day: u32| year << 16 | month << 8 | day;
    for wrong in [
        date(10_000, 1, 1),
        date(2025, 13, 0),
        date(2025, 0, 1),
        date(2025, 2, 29),
        date(1900, 2, 29),
        date(2025, 4, 31),
        date(2025, 16, 1),
        date(2025, 1, 32),
    ] {
        for word in [1, 2, 3] {
            check_word("qualifiers", word, wrong, "this cannot stand here");
        }
    }
    check_word("qualifiers", 1, u32::MAX - 1, "this cannot stand here");
    for (word, wrong) in [(4, 1_000), (5, 1_000), (6, 1_000), (7, 1_000), (5, u32::MAX)] {
        check_word("qualifiers", word, wrong, "this set names what is not there, or no topics");
    }
    check(|file| file.section("numbers")[0] = b'x', "this is no number, or not in order");
    check(|file| file.section("numbers")[0] = b'9', "this is no number, or not in order");
    check(|file| file.section("texts")[0] = 0xff, "this is not UTF-8");
    check(|file| file.section("entities.slugs")[0] = b'E', "this is no slug");
    check(|file| file.section("entities.slugs")[0] = b'-', "this is no slug");
    check(|file| file.section("entities.slugs")[6] = b'-', "this is no slug");
    check(|file| file.section("entities.kinds")[7] = 14, "there is no such kind");
    // An end in the middle of the two bytes of an ä.
    let inside = |file: &mut File| {
        let at = file.section("texts").iter().position(|byte| !byte.is_ascii()).unwrap() as u32;
        let mut ends = file.words("texts.ends");
        let text = ends.iter().position(|end| *end > at).unwrap();
        ends[text] = at + 1;
        file.set_words("texts.ends", &ends);
    };
    check(inside, "in `texts.ends`, at byte ");
    // A claim with a date whose relation has the objects of another.
    let mut of_date = 0;
    let count = |file: &mut File| {
        let objects = file.words("claims.objects");
        of_date = objects.iter().position(|object| *object == 2025 << 16 | 11 << 8 | 12).unwrap();
        file.section("words").clear();
    };
    check(count, "has another vocabulary than this version of dn-model: its kinds and closed lists are others");
    check_word("claims.objects", of_date as isize, date(2025, 2, 30), "there is no such object");
}

#[test]
fn records_are_read_to_their_end_and_no_further() {
    for section in ["relations", "sources", "version"] {
        check(|file| _ = file.section(section).pop(), "the record ends or goes on otherwise");
        check(|file| file.section(section).push(0), "the record ends or goes on otherwise");
        // As many items as nothing has room for.
        check(|file| file.section(section)[..4].fill(0xff), "the record ends or goes on otherwise");
    }
    // The name of a source once more: it is that of its entity.
    check(|file| file.section("sources")[4] = b'M', "the record ends or goes on otherwise");
}

#[test]
fn a_header_is_believed_in_nothing_that_is_not_there() {
    // Four thousand million rows in a file of some kilobytes: an error, and no memory.
    let mut saved = bytes(&small());
    let entry = 24 + 3 * 40;
    saved[entry + 24..entry + 32].copy_from_slice(&(u64::from(u32::MAX - 1) * 4).to_le_bytes());
    let seal = |saved: &mut Vec<u8>| {
        let file = File::of(&bytes(&small()));
        let end = 24 + file.sections.len() * 40;
        let checksum = twox_hash::XxHash3_64::oneshot(&saved[..end]);
        saved[end..end + 8].copy_from_slice(&checksum.to_le_bytes());
    };
    seal(&mut saved);
    assert!(open(&saved).unwrap_err().contains("in `header`, at byte 16, this is not the length of all sections"));
    let length = saved.len() as u64 - File::of(&bytes(&small())).sections[3].1.len() as u64;
    saved[16..24].copy_from_slice(&(length + u64::from(u32::MAX - 1) * 4).to_le_bytes());
    seal(&mut saved);
    // As a stream, which may still bring them, and as a file, which cannot.
    assert!(open(&saved).unwrap_err().starts_with("ends after "));
    let path = std::env::temp_dir().join(format!("dn-model-header-{}.dn", std::process::id()));
    std::fs::write(&path, &saved).unwrap();
    let error = Dataset::open(&path).unwrap_err().to_string();
    assert!(error.contains(&format!(": ends after {} bytes of 17", saved.len())), "{error}");
    std::fs::remove_file(&path).unwrap();
    // More than any file has.
    saved[entry + 24..entry + 32].copy_from_slice(&(u64::MAX - 3).to_le_bytes());
    seal(&mut saved);
    assert!(open(&saved).unwrap_err().contains("this is no length that the section can have"));
}

#[test]
fn what_opening_takes_on_trust_is_rechecked() {
    let recheck = |change: &dyn Fn(&mut File)| {
        let mut file = File::of(&bytes(&small()));
        change(&mut file);
        let dataset = open(&file.sealed()).unwrap();
        look_at(&dataset);
        dataset.recheck().unwrap_err().to_string()
    };
    let id = recheck(&|file| file.section("claims.ids")[11] ^= 1);
    assert!(id.starts_with("the claim ") && id.ends_with(" should have another id, or stand elsewhere"), "{id}");
    let swap = |section: &'static str| {
        move |file: &mut File| {
            let mut words = file.words(section);
            let last = words.len() - 1;
            words.swap(0, last);
            file.set_words(section, &words);
        }
    };
    assert_eq!(recheck(&swap("claims.by-subject")), "the index of claims by subject is not that of the records");
    for (section, name) in [("texts.table", "texts"), ("entities.table", "entities"), ("claims.table", "claims")] {
        let rotated = |file: &mut File| {
            let mut words = file.words(section);
            let half = words.len() / 2;
            words.rotate_left(half);
            file.set_words(section, &words);
        };
        let error = recheck(&rotated);
        assert!(error.starts_with(&format!("the table of {name}")) || error.contains("there is no "), "{error}");
    }
    let twins = recheck(&|file| {
        file.set_words("twins", &[]);
        file.set_words("twins.owners", &[]);
    });
    assert_eq!(twins, "the index of entities that are possibly the same is not that of the records");
    // A claim between kinds that its relation does not relate.
    let kinds = recheck(&|file| {
        let mut subjects = file.words("claims.subjects");
        subjects.fill(5);
        file.set_words("claims.subjects", &subjects);
    });
    assert!(kinds.starts_with("the records are not sound: the dataset: `"), "{kinds}");
}
