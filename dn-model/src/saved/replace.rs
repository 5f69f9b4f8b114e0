//! Replaces a file by a new one so that there is always one of them, whole.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::{SaveError, SaveStep};

/// The end of the names of files that are being written.
const ENDING: &str = ".saving";

/// For how long such a file must not have been written to before it is taken for one that was left
/// behind. No save waits so long between two writes, except where its machine sleeps; it then fails,
/// since its file is gone, and nothing else happens.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// Replaces the file at this path by what `write` writes.
pub(super) fn replace(path: &Path, write: impl FnOnce(&File) -> io::Result<()>) -> Result<(), SaveError> {
    let failed = |step| move |error| SaveError { file: path.to_owned(), step, error };
    // What a link leads to is replaced, and not the link.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let old = fs::metadata(&target).ok();
    let refused = |kind, why: &str| Err(failed(SaveStep::Create)(io::Error::new(kind, why)));
    match &old {
        Some(old) if !old.is_file() => {
            return refused(io::ErrorKind::InvalidInput, "it is there, and is not a file");
        }
        // To replace it needs only a folder that may be changed; whoever made it so did not want that.
        Some(old) if old.permissions().readonly() => {
            return refused(io::ErrorKind::PermissionDenied, "it is there, and may only be read");
        }
        _ => {}
    }
    let Some(name) = target.file_name() else {
        return refused(io::ErrorKind::InvalidInput, "it has no name");
    };
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };

    let (file, temporary) = create(folder, name).map_err(failed(SaveStep::Create))?;
    let made = Made(Some(temporary));
    sweep(folder, name, &file);
    write(&file).map_err(failed(SaveStep::Write))?;
    if let Some(old) = old {
        // Whoever could read the old file can read the new one, where that may be set.
        _ = file.set_permissions(old.permissions());
    }
    file.sync_all().map_err(failed(SaveStep::Sync))?;
    drop(file);
    made.rename(&target).map_err(failed(SaveStep::Replace))?;
    sync_folder(folder).map_err(failed(SaveStep::SyncFolder))
}

/// A file that was made, and is removed unless it gets the name for which it was made.
struct Made(Option<PathBuf>);

impl Made {
    fn rename(mut self, target: &Path) -> io::Result<()> {
        if let Some(path) = &self.0 {
            fs::rename(path, target)?;
        }
        self.0 = None;
        Ok(())
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            _ = fs::remove_file(path);
        }
    }
}

/// A new file in the folder, under a name of its own.
fn create(folder: &Path, name: &OsStr) -> io::Result<(File, PathBuf)> {
    loop {
        let mut unique = prefix(name);
        // Random keys of the standard library; that no other file has the name is seen below.
        unique.push(format!("{:016x}{ENDING}", RandomState::new().hash_one(std::process::id())));
        let path = folder.join(unique);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Ok(file) => return Ok((file, path)),
            Err(error) => return Err(error),
        }
    }
}

fn prefix(name: &OsStr) -> OsString {
    let mut prefix = OsString::from(".");
    prefix.push(name);
    prefix.push(".");
    prefix
}

/// Removes what earlier saves of this name left behind, as far as that succeeds.
fn sweep(folder: &Path, name: &OsStr, made: &File) {
    // Times are compared with that of a file made just now, so that it does not matter what the clock of
    // the disk says.
    let Ok(now) = made.metadata().and_then(|metadata| metadata.modified()) else { return };
    let Ok(files) = fs::read_dir(folder) else { return };
    for file in files.flatten() {
        let was_written = || file.metadata().and_then(|metadata| metadata.modified());
        if is_temporary(&file.file_name(), name) && was_written().is_ok_and(|written| is_abandoned(written, now)) {
            _ = fs::remove_file(file.path());
        }
    }
}

fn is_abandoned(written: SystemTime, now: SystemTime) -> bool {
    now.duration_since(written).is_ok_and(|age| age >= ABANDONED)
}

/// Whether this is the name of a file that was made for that one.
fn is_temporary(file: &OsStr, name: &OsStr) -> bool {
    let unique = file.as_encoded_bytes().strip_prefix(prefix(name).as_encoded_bytes());
    let unique = unique.and_then(|rest| rest.strip_suffix(ENDING.as_bytes()));
    unique.is_some_and(|unique| unique.len() == 16 && unique.iter().all(u8::is_ascii_hexdigit))
}

/// That a file has a new name is on the disk when its folder is.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn folder(test: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("dn-model-replace-{}-{test}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn names(folder: &Path) -> Vec<OsString> {
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name()).collect()
    }

    #[test]
    fn what_fails_halfway_leaves_the_old_file_and_nothing_else() {
        let folder = folder("halfway");
        let path = folder.join("file");
        fs::write(&path, "old").unwrap();
        for written in 0..5 {
            let result = replace(&path, |mut file| {
                file.write_all(&vec![b'x'; written])?;
                Err(io::ErrorKind::StorageFull.into())
            });
            let error = result.unwrap_err();
            assert_eq!((error.step, error.error.kind()), (SaveStep::Write, io::ErrorKind::StorageFull));
            assert_eq!(fs::read(&path).unwrap(), b"old");
            assert_eq!(names(&folder), ["file"]);
        }
        let panic = std::panic::catch_unwind(|| replace(&path, |_| panic!("on purpose")));
        assert!(panic.is_err());
        assert_eq!(names(&folder), ["file"]);
        fs::remove_dir_all(&folder).unwrap();
    }

    /// What is removed while it is written cannot be put in place, and nothing else is.
    #[test]
    fn a_file_that_somebody_removed_is_not_put_in_place() {
        let folder = folder("removed");
        let path = folder.join("file");
        fs::write(&path, "old").unwrap();
        let result = replace(&path, |mut file| {
            let temporary = names(&folder).into_iter().find(|name| name != "file").unwrap();
            assert!(is_temporary(&temporary, OsStr::new("file")));
            fs::remove_file(folder.join(temporary))?;
            file.write_all(b"new")
        });
        assert_eq!(result.unwrap_err().step, SaveStep::Replace);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_file_that_may_only_be_read_is_not_replaced() {
        let folder = folder("readonly");
        let path = folder.join("file");
        fs::write(&path, "old").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        let error = replace(&path, |_| Ok(())).unwrap_err();
        assert_eq!(error.to_string(), format!("{}: cannot be made: it is there, and may only be read", path.display()));
        assert_eq!(fs::read(&path).unwrap(), b"old");
        fs::remove_dir_all(&folder).unwrap();
    }

    /// A clock that was set back makes nothing old.
    #[test]
    fn only_what_was_not_written_to_for_an_hour_is_abandoned() {
        let now = SystemTime::now();
        assert!(is_abandoned(now - ABANDONED, now));
        assert!(!is_abandoned(now - ABANDONED + Duration::from_secs(1), now));
        assert!(!is_abandoned(now + 2 * ABANDONED, now));
    }
}
