//! How many queries run at a time, and how many wait.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const RUNNING: usize = 2;
const WAITING: usize = 8;

/// Lets in so many at a time, the others in their order, and none beyond a short queue.
pub(crate) struct Gate {
    running: Arc<Semaphore>,
    waiting: Semaphore,
}

impl Default for Gate {
    fn default() -> Self {
        Gate { running: Arc::new(Semaphore::new(RUNNING)), waiting: Semaphore::new(WAITING) }
    }
}

impl Gate {
    /// A place to run in, held until it is dropped; `None` where the queue is full. Who goes away while
    /// waiting leaves the queue.
    pub(crate) async fn enter(&self) -> Option<OwnedSemaphorePermit> {
        if let Ok(place) = Arc::clone(&self.running).try_acquire_owned() {
            return Some(place);
        }
        let _waiting = self.waiting.try_acquire().ok()?;
        Arc::clone(&self.running).acquire_owned().await.ok()
    }
}
