use serde::{Serialize, Serializer, ser::SerializeMap};

/// The members of a JSON object, as the generated types write them.
pub(crate) struct Members<M>(M);

/// The documents say which of these are called.
#[allow(dead_code)]
impl<M: SerializeMap> Members<M> {
    pub(crate) fn of<S>(serializer: S) -> Result<Self, S::Error>
    where
        S: Serializer<SerializeMap = M>,
    {
        serializer.serialize_map(None).map(Self)
    }

    pub(crate) fn always<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        self.0.serialize_entry(name, value)
    }

    /// Writes a member that is set.
    pub(crate) fn given<T: Serialize>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
    ) -> Result<(), M::Error> {
        match value {
            Some(value) => self.always(name, value),
            None => Ok(()),
        }
    }

    /// Writes what a field holds that takes all other members.
    pub(crate) fn rest<'a, K, T>(
        &mut self,
        members: impl IntoIterator<Item = (&'a K, &'a T)>,
    ) -> Result<(), M::Error>
    where
        K: Serialize + 'a,
        T: Serialize + 'a,
    {
        let mut members = members.into_iter();
        members.try_for_each(|(name, value)| self.0.serialize_entry(name, value))
    }

    pub(crate) fn end(self) -> Result<M::Ok, M::Error> {
        self.0.end()
    }
}
