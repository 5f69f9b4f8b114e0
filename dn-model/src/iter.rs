//! The iterators over a dataset: positions, turned into handles.

/// Declares an iterator over a range of positions, with every trait that it can have.
macro_rules! handles {
    ($(#[$doc:meta])* $iter:ident $(<$k:ident: $bound:ident = $default:ty>)?, $item:ty, $new:expr) => {
        $(#[$doc])*
        pub struct $iter<'d $(, $k = $default)?> {
            dataset: &'d $crate::Dataset,
            range: std::ops::Range<usize>,
            $(kind: std::marker::PhantomData<fn() -> $k>,)?
        }

        impl<'d $(, $k: $bound)?> $iter<'d $(, $k)?> {
            pub(crate) fn new(dataset: &'d $crate::Dataset, range: std::ops::Range<usize>) -> Self {
                $iter { dataset, range, $(kind: std::marker::PhantomData::<fn() -> $k>)? }
            }
        }

        impl<'d $(, $k: $bound)?> Iterator for $iter<'d $(, $k)?> {
            type Item = $item;
            fn next(&mut self) -> Option<$item> {
                self.range.next().map(|n| $new(self.dataset, n))
            }
            fn size_hint(&self) -> (usize, Option<usize>) {
                self.range.size_hint()
            }
            fn nth(&mut self, n: usize) -> Option<$item> {
                self.range.nth(n).map(|n| $new(self.dataset, n))
            }
        }

        impl<$($k: $bound)?> DoubleEndedIterator for $iter<'_ $(, $k)?> {
            fn next_back(&mut self) -> Option<Self::Item> {
                self.range.next_back().map(|n| $new(self.dataset, n))
            }
        }

        impl<$($k: $bound)?> ExactSizeIterator for $iter<'_ $(, $k)?> {}
        impl<$($k: $bound)?> std::iter::FusedIterator for $iter<'_ $(, $k)?> {}

        impl<$($k)?> Clone for $iter<'_ $(, $k)?> {
            fn clone(&self) -> Self {
                $iter { dataset: self.dataset, range: self.range.clone(), $(kind: std::marker::PhantomData::<fn() -> $k>)? }
            }
        }

        impl<$($k)?> std::fmt::Debug for $iter<'_ $(, $k)?> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({:?})", stringify!($iter), self.range)
            }
        }
    };
}
pub(crate) use handles;

/// Compares handles by dataset and position. Of datasets all that counts is which is which.
macro_rules! compared_by_position {
    ($handle:ident<'d $(, $k:ident)?>) => {
        impl<$($k)?> $handle<'_ $(, $k)?> {
            fn place(&self) -> (*const $crate::Dataset, usize) {
                (std::ptr::from_ref(self.dataset), self.index.get())
            }
        }

        impl<$($k)?> PartialEq for $handle<'_ $(, $k)?> {
            fn eq(&self, other: &Self) -> bool {
                self.place() == other.place()
            }
        }

        impl<$($k)?> Eq for $handle<'_ $(, $k)?> {}

        impl<$($k)?> PartialOrd for $handle<'_ $(, $k)?> {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl<$($k)?> Ord for $handle<'_ $(, $k)?> {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.place().cmp(&other.place())
            }
        }

        impl<$($k)?> std::hash::Hash for $handle<'_ $(, $k)?> {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.index.hash(state);
            }
        }
    };
}
pub(crate) use compared_by_position;
