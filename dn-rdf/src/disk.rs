//! A store on disk: opened under a lock, loaded in bulk, and on disk when it says so.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;

use dn_model::Dataset;
use oxigraph::model::{Quad, Triple};
use oxigraph::sparql::QueryResults;
use oxigraph::store::{StorageError, Store as Engine};

use crate::answer::Answer;
use crate::door::{self, Clock, worker};
use crate::error::Error;
use crate::import::{ImportError, parse};
use crate::iri::Base;
use crate::quads::Quads;
use crate::shape::ClaimShape;
use crate::sparql::sealed::{self, Prepared};
use crate::sparql::{EachRow, Sparql, drain, failed, put, triples, truth};
use crate::store::Store;
use dn_model::suggest::shown;

/// A store on disk, which [`Store::open`] opens: all methods that ask are those of [`Sparql`].
///
/// [`Limits`](crate::Limits) hold as in memory, but for the deadline and the memory, which are looked at with each
/// match of a pattern. So they may be passed unseen while the closure of a path (`*`, `+`) is found: from one end
/// that is a walk through all that can be reached from it, and with both ends open one from every node. The deadline
/// may also be passed while much is read of which nothing matches, as by `?x ?property ?x`.
pub type DiskStore = Sparql<OnDisk>;

/// The engine of a [`DiskStore`]: that of oxigraph over RocksDB.
#[derive(Clone)]
pub struct OnDisk(Engine);

/// A store on disk cannot be opened or loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DiskError {
    /// The folder holds files that are not of a store; none is made there.
    #[error("{}: not the folder of a store: it holds `{file}`", .path.display())]
    Foreign {
        /// The folder.
        path: PathBuf,
        /// The first of the files, by name.
        file: String,
    },
    /// The folder holds a part of a store, without the file that says what belongs to it.
    #[error("{}: the store has lost its file `CURRENT`", .path.display())]
    Incomplete {
        /// The folder.
        path: PathBuf,
    },
    /// The store is open elsewhere, in this process or in another.
    #[error("{}: the store is open elsewhere; one at a time can have it", .path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// A file of RDF cannot be read. Nothing of this load is in the store.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The store cannot be written: there is no room, say. Nothing of this load is in it.
    #[error("the store cannot be written: {message}")]
    Write {
        /// What is known of it.
        message: String,
    },
    /// The folder cannot be read or made.
    #[error("{}: {message}", .path.display())]
    Storage {
        /// The folder.
        path: PathBuf,
        /// What is known of it.
        message: String,
    },
}

/// How many quads wait between who reads and who writes.
const WAITING: usize = 4096;

impl Store {
    /// Opens the store in this folder, and makes one if the folder is empty or does not exist. It is asked
    /// as any other, and by one process at a time.
    ///
    /// What [`load`](DiskStore::load) and [`load_files`](DiskStore::load_files) have brought is there when the store
    /// is opened again, after a loss of power too. Files that a load has left behind which was killed are
    /// removed.
    ///
    /// ```no_run
    /// use dn_rdf::Store;
    /// use dn_rdf::dn_model::Dataset;
    ///
    /// let store = Store::open("claims.db")?;
    /// if !store.ask("ASK { ?claim a dn:Claim }")? {
    ///     store.load_files(&["claims.nq.gz"])?;
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the folder holds anything else, if the store is open elsewhere, or if it cannot be read.
    pub fn open(path: impl AsRef<Path>) -> Result<DiskStore, DiskError> {
        let path = path.as_ref();
        inspect(path)?;
        let engine = Engine::open(path).map_err(|error| opening(path, &error))?;
        // The lock is ours: nobody is writing them.
        sweep(path).map_err(|error| storage(path, &error))?;
        Ok(Sparql::over(OnDisk(engine), Base::default()))
    }
}

impl DiskStore {
    /// Adds a dataset, under the base [`dn_model::vocabulary::BASE`], all of it or nothing. It is on disk
    /// when this returns.
    ///
    /// The claims of a dataset that is there already come to stand beside those of the new one.
    ///
    /// # Errors
    ///
    /// [`DiskError::Write`], if it cannot be written.
    pub fn load(&self, dataset: &Dataset) -> Result<(), DiskError> {
        let base = &self.base;
        self.bulk(|put| {
            let written = Quads::new(dataset, base, ClaimShape::NamedGraph, false).write(|quad| {
                put(quad.into_owned());
                Ok(())
            });
            written.unwrap_or_else(|error| unreachable!("to hand a quad over cannot fail: {error}"));
            Ok(())
        })
    }

    /// Adds all quads of these files, all of them or nothing, in memory that does not grow with N-Triples,
    /// N-Quads, Turtle and TriG. They are on disk when this returns.
    ///
    /// The files are as for [`Store::from_files`].
    ///
    /// # Errors
    ///
    /// [`DiskError::Import`] for the first fault of a file, [`DiskError::Write`] if it cannot be written.
    pub fn load_files(&self, paths: &[impl AsRef<Path> + Sync]) -> Result<(), DiskError> {
        self.bulk(|put| {
            for path in paths {
                parse::file(path.as_ref(), |name, reader, format| {
                    parse::quads(name, reader, format, &self.base, &mut *put)
                })?;
            }
            Ok(())
        })
    }

    /// Loads what `fill` puts, which runs beside on a thread with a large stack.
    fn bulk(&self, fill: impl FnOnce(&mut dyn FnMut(Quad)) -> Result<(), ImportError> + Send) -> Result<(), DiskError> {
        let engine = &self.engine.0;
        let (sender, receiver) = mpsc::sync_channel::<Result<Quad, ImportError>>(WAITING);
        let done = thread::scope(|scope| {
            let read = move || {
                // That nobody listens any more is told by who stopped listening.
                let filled = fill(&mut |quad| drop(sender.send(Ok(quad))));
                if let Err(error) = filled {
                    drop(sender.send(Err(error)));
                }
            };
            let reader = thread::Builder::new().name("rdf".to_owned()).stack_size(worker::STACK);
            let reader = reader.spawn_scoped(scope, read).map_err(|error| Fault::Other(error.to_string()))?;
            let mut loader = engine.bulk_loader();
            let loaded = loader.load_ok_quads::<ImportError, Fault>(receiver);
            reader.join().map_err(|_| Fault::Other("the reader has a defect".to_owned()))?;
            loaded?;
            loader.commit()?;
            engine.flush()?;
            Ok(())
        });
        done.map_err(|fault| match fault {
            Fault::Import(error) => DiskError::Import(error),
            Fault::Storage(error) => DiskError::Write { message: shown(&error.to_string()) },
            Fault::Other(message) => DiskError::Write { message: shown(&message) },
        })
    }
}

impl sealed::Evaluate for OnDisk {
    fn rows(
        &self,
        query: Prepared<'_>,
        clock: &Arc<Clock>,
        answer: &mut Answer,
        row: &mut EachRow<'_>,
    ) -> Result<(), Error> {
        self.evaluate(query, clock, |results| drain(results, answer, row, put))
    }

    fn ask(&self, query: Prepared<'_>, clock: &Arc<Clock>) -> Result<bool, Error> {
        self.evaluate(query, clock, truth)
    }

    fn triples(&self, query: Prepared<'_>, clock: &Arc<Clock>, limit: usize) -> Result<Vec<Triple>, Error> {
        self.evaluate(query, clock, |results| triples(results, limit))
    }
}

impl OnDisk {
    fn evaluate<T>(
        &self,
        Prepared { mut query, .. }: Prepared<'_>,
        clock: &Arc<Clock>,
        take: impl FnOnce(QueryResults<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let evaluator = door::evaluator_over_uncounted(&mut query, clock)?;
        let prepared = evaluator.for_query(query).on_store(&self.0);
        take(prepared.execute().map_err(|error| failed(&error))?)
    }
}

/// What stops a load.
enum Fault {
    Import(ImportError),
    Storage(StorageError),
    Other(String),
}

impl From<ImportError> for Fault {
    fn from(error: ImportError) -> Self {
        Fault::Import(error)
    }
}

impl From<StorageError> for Fault {
    fn from(error: StorageError) -> Self {
        Fault::Storage(error)
    }
}

fn storage(path: &Path, message: &dyn std::fmt::Display) -> DiskError {
    DiskError::Storage { path: path.to_owned(), message: shown(&message.to_string()) }
}

/// What the engine says where the store is open in this process, and in another.
const LOCKED: [&str; 2] = ["lock hold by current process", "While lock file"];

fn opening(path: &Path, error: &StorageError) -> DiskError {
    let message = error.to_string();
    if LOCKED.iter().any(|lock| message.contains(lock)) {
        DiskError::Locked { path: path.to_owned() }
    } else {
        storage(path, &message)
    }
}

/// Whether a store can be in this folder or be made there.
fn inspect(path: &Path) -> Result<(), DiskError> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(storage(path, &error)),
    };
    let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names: Vec<String> = names.collect::<io::Result<_>>().map_err(|error| storage(path, &error))?;
    names.sort();
    if let Some(file) = names.iter().find(|name| !is_of_store(name)) {
        return Err(DiskError::Foreign { path: path.to_owned(), file: shown(file) });
    }
    // Without it a new store would be made over what is left of the old.
    let has_data = names.iter().any(|name| name.ends_with(".sst") || name.starts_with("MANIFEST-"));
    if has_data && !names.iter().any(|name| name == "CURRENT") {
        return Err(DiskError::Incomplete { path: path.to_owned() });
    }
    Ok(())
}

/// Whether RocksDB gives such names to its files.
fn is_of_store(name: &str) -> bool {
    matches!(name, "CURRENT" | "IDENTITY" | "LOCK" | "LOG")
        || ["LOG.old.", "MANIFEST-", "OPTIONS-"].iter().any(|start| name.starts_with(start))
        || [".sst", ".log", ".blob", ".dbtmp"].iter().any(|end| {
            let number = name.strip_suffix(end).map(|stem| stem.strip_prefix("bulk-").unwrap_or(stem));
            number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
        })
}

/// Removes what loads have left behind that were killed.
fn sweep(path: &Path) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.to_str().is_some_and(|name| name.starts_with("bulk-") && name.ends_with(".sst")) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
