//! Closed lists of words, each stated once: enum, names, parsing and serde.

use crate::suggest::{did_you_mean, nearest, shown};

/// The text is not one of the words that may stand here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not {what}: expected {}{}", list(.expected), did_you_mean(*.nearest))]
pub struct ParseWordError {
    given: String,
    what: &'static str,
    expected: &'static [&'static str],
    nearest: Option<&'static str>,
}

impl ParseWordError {
    pub(crate) fn new(given: &str, what: &'static str, expected: &'static [&'static str]) -> Self {
        ParseWordError { given: shown(given), what, expected, nearest: nearest(given, expected.iter().copied()) }
    }
}

fn list(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [word] => format!("`{word}`"),
        [init @ .., last] => {
            let init: Vec<String> = init.iter().map(|word| format!("`{word}`")).collect();
            format!("{} or `{last}`", init.join(", "))
        }
    }
}

/// Declares the enum of a closed list, with all that follows from its words.
macro_rules! words {
    ($($(#[$doc:meta])* $type:ident, $what:literal { $($(#[doc = $vdoc:literal])* $variant:ident = $name:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type {
            $($(#[doc = $vdoc])* $variant,)*
        }

        impl $type {
            /// All of them, in order.
            pub const ALL: &'static [$type] = &[$($type::$variant),*];

            /// The word in data files.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($type::$variant => $name,)* }
            }

            /// What the word says, in a sentence.
            #[must_use]
            pub const fn definition(self) -> &'static str {
                match self { $($type::$variant => concat!($($vdoc),*).trim_ascii(),)* }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::ParseWordError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let word = $type::ALL.iter().copied().find(|word| word.name() == text);
                word.ok_or_else(|| $crate::ParseWordError::new(text, $what, &[$($name),*]))
            }
        }

        $crate::wire::string_on_the_wire! { $type }
    )*};
}
pub(crate) use words;
