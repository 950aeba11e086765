//! Why rows are set aside.

use std::ops::{Index, IndexMut};

/// Why a row is set aside. The rows of each kind have a file of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It was refused.
    Rejected,
    /// The vendor may have it.
    InDoubt,
    /// The vendor has it, with warnings.
    Warned,
}

/// One for each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByKind<T>([T; 3]);

impl Kind {
    pub const ALL: [Self; 3] = [Self::Rejected, Self::InDoubt, Self::Warned];

    /// What a journal calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rejected => "rejected",
            Self::InDoubt => "in_doubt",
            Self::Warned => "warned",
        }
    }

    /// What the name of its file says.
    pub fn file(self) -> &'static str {
        match self {
            Self::Rejected => "rejects",
            Self::InDoubt => "in-doubt",
            Self::Warned => "warnings",
        }
    }
}

impl<T> ByKind<T> {
    pub fn new(make: impl FnMut(Kind) -> T) -> Self {
        Self(Kind::ALL.map(make))
    }

    /// Stops at the first that cannot be made.
    pub fn try_new<E>(mut make: impl FnMut(Kind) -> Result<T, E>) -> Result<Self, E> {
        let [first, second, third] = Kind::ALL;
        Ok(Self([make(first)?, make(second)?, make(third)?]))
    }

    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut()
    }
}

impl<T> IntoIterator for ByKind<T> {
    type Item = T;
    type IntoIter = std::array::IntoIter<T, 3>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T> Index<Kind> for ByKind<T> {
    type Output = T;

    fn index(&self, kind: Kind) -> &T {
        &self.0[kind as usize]
    }
}

impl<T> IndexMut<Kind> for ByKind<T> {
    fn index_mut(&mut self, kind: Kind) -> &mut T {
        &mut self.0[kind as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_own() {
        let words = ByKind::new(Kind::word);
        let same = ByKind::try_new(|kind| Ok::<_, ()>(kind.word()));

        for kind in Kind::ALL {
            assert_eq!(words[kind], kind.word());
        }
        assert_eq!(same.as_ref(), Ok(&words));
        assert_eq!(ByKind::<()>::try_new(Err), Err(Kind::Rejected));
    }
}
