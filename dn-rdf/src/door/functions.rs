//! The functions that [`weave`](super::weave) puts around texts. Each returns the value that it is given, or
//! stops the query.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use oxigraph::model::Term;

use super::clock::{Clock, Stop};

/// How many times the longest value `REPLACE` may make before it is measured.
const ROOM: usize = 16;

/// A function of the query.
pub(super) type Measure = Box<dyn Fn(&[Term]) -> Option<Term> + Send + Sync>;

fn bytes(args: &[Term]) -> usize {
    match args {
        [Term::Literal(literal), ..] => literal.value().len(),
        [Term::NamedNode(iri), ..] => iri.as_str().len(),
        _ => 0,
    }
}

/// Measures a text that was made.
pub(super) fn measured(clock: &Arc<Clock>) -> impl Fn(&[Term]) -> Option<Term> + Send + Sync + 'static {
    let clock = Arc::clone(clock);
    move |args| {
        clock.value(bytes(args));
        clock.expression();
        args.first().cloned()
    }
}

/// Measures a text that becomes part of a longer one, with what stands before it.
pub(super) fn concatenated(
    clock: &Arc<Clock>,
    separator: usize,
) -> impl Fn(&[Term]) -> Option<Term> + Send + Sync + 'static {
    let clock = Arc::clone(clock);
    move |args| {
        clock.keep(bytes(args).saturating_add(separator));
        clock.expression();
        args.first().cloned()
    }
}

/// Measures a pattern that is compiled for each row, which takes longer than anything else.
pub(super) fn pattern(clock: &Arc<Clock>) -> impl Fn(&[Term]) -> Option<Term> + Send + Sync + 'static {
    let clock = Arc::clone(clock);
    move |args| {
        let found = bytes(args);
        if found > clock.limits().regex_bytes {
            clock.stop(Stop::Regex(found));
        }
        clock.look();
        args.first().cloned()
    }
}

/// Measures a text, and then what is to be put into it.
pub(super) fn replacement(clock: &Arc<Clock>) -> [Measure; 2] {
    let text = Arc::new(AtomicUsize::new(0));
    let (noted, clock) = (Arc::clone(&text), Arc::clone(clock));
    [
        Box::new(move |args: &[Term]| {
            noted.store(bytes(args), Relaxed);
            args.first().cloned()
        }),
        Box::new(move |args: &[Term]| {
            // The engine has evaluated the text just before.
            let made = (text.load(Relaxed) + 1).saturating_mul(bytes(args));
            clock.value(made / ROOM);
            args.first().cloned()
        }),
    ]
}
