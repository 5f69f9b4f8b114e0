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
