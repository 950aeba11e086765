// Generated from specs by build.rs, and compiled where the feature `generate` is off. Never edited: `cargo xtask regen` writes it.

/// The SHA-256 of the documents.
pub(crate) const SHA256: &str = "3d2ac6f3c5ce5a2142d5731624d55172d7010496e8236637a3c9472e9894d489";
/// The day on which the vendor's pages were first read as they are.
pub(crate) const READ: &str = "2026-11-22";

#[allow(unused_imports)]
#[cfg(feature = "client")]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
#[cfg(feature = "client")]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    /// Shopper's profile type (default: person)
    #[derive(::serde::Serialize, Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkProfileType"))]
    pub enum ProfileType {
        #[serde(rename = "person")]
        /// `person` on the wire.
        Person,
        #[serde(rename = "organization")]
        /// `organization` on the wire.
        Organization,
    }
    impl ::std::fmt::Display for ProfileType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Person => f.write_str("person"),
                Self::Organization => f.write_str("organization"),
            }
        }
    }
    impl ::std::str::FromStr for ProfileType {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "person" => Ok(Self::Person),
                "organization" => Ok(Self::Organization),
                _ => Err("expected person or organization".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ProfileType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ProfileType {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    /// A shopper as the brand knows them. BSPK finds its record by `shopper_ref` and updates it, or makes a new one; without a `shopper_ref` every call makes a new one.
    #[derive(::serde::Serialize, Clone, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkShopper"))]
    pub struct Shopper {
        /// Shopper's address
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub address: ::std::option::Option<::std::string::String>,
        /// Shopper's address 2nd line
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub address_2: ::std::option::Option<::std::string::String>,
        /// Shopper's address 3rd line
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub address_3: ::std::option::Option<::std::string::String>,
        /// Shopper's address 4th line
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub address_4: ::std::option::Option<::std::string::String>,
        /// Shopper's alternate first name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub alternate_first_name: ::std::option::Option<::std::string::String>,
        /// Shopper's alternate last name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub alternate_last_name: ::std::option::Option<::std::string::String>,
        /// Shopper's barcode
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub barcode: ::std::option::Option<::std::string::String>,
        /// Shopper's birth day, full or partial (YYYY-MM-DD or MM-DD)
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub birthday: ::std::option::Option<crate::bspk::Birthday>,
        /// Define if shopper gave their agreement to be contacted by chat
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub chat_contact: ::std::option::Option<crate::bspk::Flag>,
        /// Shopper's city
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub city: ::std::option::Option<::std::string::String>,
        /// Shopper's country code
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub country_code: ::std::option::Option<::std::string::String>,
        /// Shopper's creation date, as the vendor reads it. The vendor's only example is 01/05/2022; which of the two is the month is not documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub creation_date: ::std::option::Option<::std::string::String>,
        /// Define if shopper should not be contacted, regardless of the other contact preferences
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub do_not_contact: ::std::option::Option<crate::bspk::Flag>,
        /// Shopper's email
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub email: ::std::option::Option<::std::string::String>,
        /// Define if shopper gave their agreement to be contacted by email
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub email_contact: ::std::option::Option<crate::bspk::Flag>,
        /// Shopper's first name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub first_name: ::std::option::Option<::std::string::String>,
        /// Gender of the shopper: M, F, or, on other pages of BSPK, NB.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub gender: ::std::option::Option<crate::bspk::Gender>,
        /// Attributes that keep the value they have at BSPK, whatever this shopper says, joined by semicolons.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub ignore_columns: ::std::option::Option<crate::bspk::IgnoreColumns>,
        /// Define if shopper is interested in receiving messages about new products
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub interested_in_new_products: ::std::option::Option<crate::bspk::Flag>,
        /// Shopper's languages, joined by semicolons.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub languages: ::std::option::Option<crate::bspk::Languages>,
        /// Shopper's last name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub last_name: ::std::option::Option<::std::string::String>,
        /// Shopper's mobile phone (with country code)
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub mobile_phone: ::std::option::Option<::std::string::String>,
        /// Shopper's Nationality
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub nationality: ::std::option::Option<::std::string::String>,
        /// Shopper's other phone (with country code)
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub other_phone: ::std::option::Option<::std::string::String>,
        /// Shopper's Passport Number
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub passport_number: ::std::option::Option<::std::string::String>,
        /// Define if shopper gave their agreement to be contacted by phone call
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub phone_call_contact: ::std::option::Option<crate::bspk::Flag>,
        /// Shopper's preferred product categories. Must belong to the company "shopper preferences". Supports two formats: (1) Flat values separated by semicolons, e.g. "Young Professional; Lawyer". (2) Key:value pairs where key is the preference group id and values are comma-separated, e.g. "Right Thumb Ring Size:40,41;Necklace Length:Classic". The key:value format allows assigning the same value to different preference groups.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub preferences: ::std::option::Option<crate::bspk::Preferences>,
        /// One of chat, email, line, whatsapp, wechat, call.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub preferred_contact_channel: ::std::option::Option<
            crate::bspk::ContactChannel,
        >,
        /// Shopper's profile type (default: person)
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub profile_type: ::std::option::Option<ProfileType>,
        /// Shopper's current associate
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub sales_associate_ref: ::std::option::Option<::std::string::String>,
        /// Shopper's segment
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub segment: ::std::option::Option<::std::string::String>,
        /// Shopper's unique identifier in your own system. With it, sending the same shopper twice is harmless.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub shopper_ref: ::std::option::Option<::std::string::String>,
        /// Shopper's state
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub state: ::std::option::Option<::std::string::String>,
        /// Shopper's record was created at this store
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub store_ref: ::std::option::Option<::std::string::String>,
        /// Shopper's zip code
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub zip_code: ::std::option::Option<::std::string::String>,
    }
    /// The envelope around a shopper.
    #[derive(::serde::Serialize, Clone, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkUpsertBody"))]
    pub struct UpsertBody<'a> {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        /// A shopper as the brand knows them. BSPK finds its record by `shopper_ref` and updates it, or makes a new one; without a `shopper_ref` every call makes a new one.
        pub shopper: ::std::option::Option<&'a Shopper>,
    }
    /// What BSPK has stored.
    #[derive(::serde::Serialize, Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkUpserted"))]
    pub struct Upserted {
        /// When the shopper was first stored.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub created_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// The `shopper_ref` of the shopper, under another name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub external_id: ::std::option::Option<::std::string::String>,
        /// BSPK's own id of the shopper.
        pub id: i64,
        /// When the shopper was last changed.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub updated_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// What BSPK wants to be known of this shopper, although it is stored.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub warnings: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        #[serde(flatten)]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// A shopper as a webhook brings it. The page has the names of these members and sentences about them, and no type: each type is that of the list of clients, where a member of that name is (not documented). The stored copy of the page ends within the list, so there are more.
    #[derive(::serde::Serialize, Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkWebhookShopper"))]
    pub struct WebhookShopper {
        /// The addresses. What one of them holds is not documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub addresses: ::std::option::Option<::std::vec::Vec<::serde_json::Value>>,
        /// The alternate first name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub alternate_first_name: ::std::option::Option<::std::string::String>,
        /// The alternate last name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub alternate_last_name: ::std::option::Option<::std::string::String>,
        /// The birthday.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub birthday: ::std::option::Option<::std::string::String>,
        /// The channels by which the shopper may be contacted. What it holds is not documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub communication_preferences: ::std::option::Option<::serde_json::Value>,
        /// True if the shopper has given consent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub consent: ::std::option::Option<bool>,
        /// The associate that the shopper is assigned to, an object. What it holds is not documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub current_sales_associate: ::std::option::Option<::serde_json::Value>,
        /// The store that the shopper is assigned to, an object. What it holds is not documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub current_store: ::std::option::Option<::serde_json::Value>,
        /// The e-mail address.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub email: ::std::option::Option<::std::string::String>,
        /// The first name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub first_name: ::std::option::Option<::std::string::String>,
        /// M, F or NB.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub gender: ::std::option::Option<crate::bspk::Gender>,
        /// BSPK's own id of the shopper.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<i64>,
        /// The interests. What they are is not documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub interests: ::std::option::Option<::serde_json::Value>,
        /// The language.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub language: ::std::option::Option<::std::string::String>,
        /// The last name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub last_name: ::std::option::Option<::std::string::String>,
        /// The mobile phone.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub mobile_phone: ::std::option::Option<::std::string::String>,
        /// The nationality.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub nationality: ::std::option::Option<::std::string::String>,
        /// True if the shopper wants news of collections.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub notify_of_new_collection: ::std::option::Option<bool>,
        /// Another phone.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub other_phone: ::std::option::Option<::std::string::String>,
        /// The passport number.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub passport_number: ::std::option::Option<::std::string::String>,
        /// The preferences. What they are is not documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub preferences: ::std::option::Option<::serde_json::Value>,
        /// The preferred channel.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub preferred_contact_channel: ::std::option::Option<
            crate::bspk::ContactChannel,
        >,
        /// The journey that the shopper is assigned to. What it is is not documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub preferred_journey: ::std::option::Option<::serde_json::Value>,
        /// The brand's own id of the shopper: the `shopper_ref` of a write. Null if the shopper is linked to none (not documented).
        #[serde(rename = "ref", skip_serializing_if = "::std::option::Option::is_none")]
        pub ref_: ::std::option::Option<::std::string::String>,
        /// The form of address.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub title: ::std::option::Option<::std::string::String>,
        #[serde(flatten)]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
    /// Shows the type, never what it holds.
    impl ::std::fmt::Debug for ProfileType {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.write_str("ProfileType(..)")
        }
    }
    impl<'de> ::serde::Deserialize<'de> for ProfileType {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::word(deserializer, "expected person or organization")
        }
    }
    impl<'de> ::serde::Deserialize<'de> for Shopper {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::body(
                deserializer,
                |fields| {
                    let read = Self {
                        address: fields.optional("address")?,
                        address_2: fields.optional("address_2")?,
                        address_3: fields.optional("address_3")?,
                        address_4: fields.optional("address_4")?,
                        alternate_first_name: fields.optional("alternate_first_name")?,
                        alternate_last_name: fields.optional("alternate_last_name")?,
                        barcode: fields.optional("barcode")?,
                        birthday: fields.optional("birthday")?,
                        chat_contact: fields.optional("chat_contact")?,
                        city: fields.optional("city")?,
                        country_code: fields.optional("country_code")?,
                        creation_date: fields.optional("creation_date")?,
                        do_not_contact: fields.optional("do_not_contact")?,
                        email: fields.optional("email")?,
                        email_contact: fields.optional("email_contact")?,
                        first_name: fields.optional("first_name")?,
                        gender: fields.optional("gender")?,
                        ignore_columns: fields.optional("ignore_columns")?,
                        interested_in_new_products: fields
                            .optional("interested_in_new_products")?,
                        languages: fields.optional("languages")?,
                        last_name: fields.optional("last_name")?,
                        mobile_phone: fields.optional("mobile_phone")?,
                        nationality: fields.optional("nationality")?,
                        other_phone: fields.optional("other_phone")?,
                        passport_number: fields.optional("passport_number")?,
                        phone_call_contact: fields.optional("phone_call_contact")?,
                        preferences: fields.optional("preferences")?,
                        preferred_contact_channel: fields
                            .optional("preferred_contact_channel")?,
                        profile_type: fields.optional("profile_type")?,
                        sales_associate_ref: fields.optional("sales_associate_ref")?,
                        segment: fields.optional("segment")?,
                        shopper_ref: fields.optional("shopper_ref")?,
                        state: fields.optional("state")?,
                        store_ref: fields.optional("store_ref")?,
                        zip_code: fields.optional("zip_code")?,
                    };
                    Ok(read)
                },
            )
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for Shopper {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("Shopper");
            if let Some(value) = self.address.is_some().then_some(&hidden) {
                shown.field("address", value);
            }
            if let Some(value) = self.address_2.is_some().then_some(&hidden) {
                shown.field("address_2", value);
            }
            if let Some(value) = self.address_3.is_some().then_some(&hidden) {
                shown.field("address_3", value);
            }
            if let Some(value) = self.address_4.is_some().then_some(&hidden) {
                shown.field("address_4", value);
            }
            if let Some(value) = self.alternate_first_name.is_some().then_some(&hidden) {
                shown.field("alternate_first_name", value);
            }
            if let Some(value) = self.alternate_last_name.is_some().then_some(&hidden) {
                shown.field("alternate_last_name", value);
            }
            if let Some(value) = self.barcode.is_some().then_some(&hidden) {
                shown.field("barcode", value);
            }
            if let Some(value) = self.birthday.is_some().then_some(&hidden) {
                shown.field("birthday", value);
            }
            if let Some(value) = self.chat_contact.is_some().then_some(&hidden) {
                shown.field("chat_contact", value);
            }
            if let Some(value) = self.city.is_some().then_some(&hidden) {
                shown.field("city", value);
            }
            if let Some(value) = self.country_code.is_some().then_some(&hidden) {
                shown.field("country_code", value);
            }
            if let Some(value) = self.creation_date.is_some().then_some(&hidden) {
                shown.field("creation_date", value);
            }
            if let Some(value) = self.do_not_contact.is_some().then_some(&hidden) {
                shown.field("do_not_contact", value);
            }
            if let Some(value) = self.email.is_some().then_some(&hidden) {
                shown.field("email", value);
            }
            if let Some(value) = self.email_contact.is_some().then_some(&hidden) {
                shown.field("email_contact", value);
            }
            if let Some(value) = self.first_name.is_some().then_some(&hidden) {
                shown.field("first_name", value);
            }
            if let Some(value) = self.gender.is_some().then_some(&hidden) {
                shown.field("gender", value);
            }
            if let Some(value) = self.ignore_columns.is_some().then_some(&hidden) {
                shown.field("ignore_columns", value);
            }
            if let Some(value) = self
                .interested_in_new_products
                .is_some()
                .then_some(&hidden)
            {
                shown.field("interested_in_new_products", value);
            }
            if let Some(value) = self.languages.is_some().then_some(&hidden) {
                shown.field("languages", value);
            }
            if let Some(value) = self.last_name.is_some().then_some(&hidden) {
                shown.field("last_name", value);
            }
            if let Some(value) = self.mobile_phone.is_some().then_some(&hidden) {
                shown.field("mobile_phone", value);
            }
            if let Some(value) = self.nationality.is_some().then_some(&hidden) {
                shown.field("nationality", value);
            }
            if let Some(value) = self.other_phone.is_some().then_some(&hidden) {
                shown.field("other_phone", value);
            }
            if let Some(value) = self.passport_number.is_some().then_some(&hidden) {
                shown.field("passport_number", value);
            }
            if let Some(value) = self.phone_call_contact.is_some().then_some(&hidden) {
                shown.field("phone_call_contact", value);
            }
            if let Some(value) = self.preferences.is_some().then_some(&hidden) {
                shown.field("preferences", value);
            }
            if let Some(value) = self
                .preferred_contact_channel
                .is_some()
                .then_some(&hidden)
            {
                shown.field("preferred_contact_channel", value);
            }
            if let Some(value) = self.profile_type.is_some().then_some(&hidden) {
                shown.field("profile_type", value);
            }
            if let Some(value) = self.sales_associate_ref.is_some().then_some(&hidden) {
                shown.field("sales_associate_ref", value);
            }
            if let Some(value) = self.segment.is_some().then_some(&hidden) {
                shown.field("segment", value);
            }
            if let Some(value) = self.shopper_ref.is_some().then_some(&hidden) {
                shown.field("shopper_ref", value);
            }
            if let Some(value) = self.state.is_some().then_some(&hidden) {
                shown.field("state", value);
            }
            if let Some(value) = self.store_ref.is_some().then_some(&hidden) {
                shown.field("store_ref", value);
            }
            if let Some(value) = self.zip_code.is_some().then_some(&hidden) {
                shown.field("zip_code", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for UpsertBody<'_> {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("UpsertBody");
            if let Some(value) = self.shopper.as_ref() {
                shown.field("shopper", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl crate::fields::Answer for Upserted {
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields,
        ) -> ::std::result::Result<Self, crate::fields::Fields> {
            let (Some(required_0),) = (fields.get("id"),) else {
                return Err(fields);
            };
            fields.remove("id");
            Ok(Self {
                created_at: fields.take("created_at"),
                external_id: fields.take("external_id"),
                id: required_0,
                updated_at: fields.take("updated_at"),
                warnings: fields.take("warnings"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for Upserted {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected `id` as described")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for Upserted {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("Upserted");
            if let Some(value) = self.created_at.is_some().then_some(&hidden) {
                shown.field("created_at", value);
            }
            if let Some(value) = self.external_id.is_some().then_some(&hidden) {
                shown.field("external_id", value);
            }
            if let Some(value) = Some(&hidden) {
                shown.field("id", value);
            }
            if let Some(value) = self.updated_at.is_some().then_some(&hidden) {
                shown.field("updated_at", value);
            }
            if let Some(value) = self.warnings.is_some().then_some(&hidden) {
                shown.field("warnings", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl crate::fields::Answer for WebhookShopper {
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields,
        ) -> ::std::result::Result<Self, crate::fields::Fields> {
            Ok(Self {
                addresses: fields.take("addresses"),
                alternate_first_name: fields.take("alternate_first_name"),
                alternate_last_name: fields.take("alternate_last_name"),
                birthday: fields.take("birthday"),
                communication_preferences: fields.take("communication_preferences"),
                consent: fields.take("consent"),
                current_sales_associate: fields.take("current_sales_associate"),
                current_store: fields.take("current_store"),
                email: fields.take("email"),
                first_name: fields.take("first_name"),
                gender: fields.take("gender"),
                id: fields.take("id"),
                interests: fields.take("interests"),
                language: fields.take("language"),
                last_name: fields.take("last_name"),
                mobile_phone: fields.take("mobile_phone"),
                nationality: fields.take("nationality"),
                notify_of_new_collection: fields.take("notify_of_new_collection"),
                other_phone: fields.take("other_phone"),
                passport_number: fields.take("passport_number"),
                preferences: fields.take("preferences"),
                preferred_contact_channel: fields.take("preferred_contact_channel"),
                preferred_journey: fields.take("preferred_journey"),
                ref_: fields.take("ref"),
                title: fields.take("title"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for WebhookShopper {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected  as described")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for WebhookShopper {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("WebhookShopper");
            if let Some(value) = self.addresses.is_some().then_some(&hidden) {
                shown.field("addresses", value);
            }
            if let Some(value) = self.alternate_first_name.is_some().then_some(&hidden) {
                shown.field("alternate_first_name", value);
            }
            if let Some(value) = self.alternate_last_name.is_some().then_some(&hidden) {
                shown.field("alternate_last_name", value);
            }
            if let Some(value) = self.birthday.is_some().then_some(&hidden) {
                shown.field("birthday", value);
            }
            if let Some(value) = self
                .communication_preferences
                .is_some()
                .then_some(&hidden)
            {
                shown.field("communication_preferences", value);
            }
            if let Some(value) = self.consent.is_some().then_some(&hidden) {
                shown.field("consent", value);
            }
            if let Some(value) = self
                .current_sales_associate
                .is_some()
                .then_some(&hidden)
            {
                shown.field("current_sales_associate", value);
            }
            if let Some(value) = self.current_store.is_some().then_some(&hidden) {
                shown.field("current_store", value);
            }
            if let Some(value) = self.email.is_some().then_some(&hidden) {
                shown.field("email", value);
            }
            if let Some(value) = self.first_name.is_some().then_some(&hidden) {
                shown.field("first_name", value);
            }
            if let Some(value) = self.gender.is_some().then_some(&hidden) {
                shown.field("gender", value);
            }
            if let Some(value) = self.id.is_some().then_some(&hidden) {
                shown.field("id", value);
            }
            if let Some(value) = self.interests.is_some().then_some(&hidden) {
                shown.field("interests", value);
            }
            if let Some(value) = self.language.is_some().then_some(&hidden) {
                shown.field("language", value);
            }
            if let Some(value) = self.last_name.is_some().then_some(&hidden) {
                shown.field("last_name", value);
            }
            if let Some(value) = self.mobile_phone.is_some().then_some(&hidden) {
                shown.field("mobile_phone", value);
            }
            if let Some(value) = self.nationality.is_some().then_some(&hidden) {
                shown.field("nationality", value);
            }
            if let Some(value) = self
                .notify_of_new_collection
                .is_some()
                .then_some(&hidden)
            {
                shown.field("notify_of_new_collection", value);
            }
            if let Some(value) = self.other_phone.is_some().then_some(&hidden) {
                shown.field("other_phone", value);
            }
            if let Some(value) = self.passport_number.is_some().then_some(&hidden) {
                shown.field("passport_number", value);
            }
            if let Some(value) = self.preferences.is_some().then_some(&hidden) {
                shown.field("preferences", value);
            }
            if let Some(value) = self
                .preferred_contact_channel
                .is_some()
                .then_some(&hidden)
            {
                shown.field("preferred_contact_channel", value);
            }
            if let Some(value) = self.preferred_journey.is_some().then_some(&hidden) {
                shown.field("preferred_journey", value);
            }
            if let Some(value) = self.ref_.is_some().then_some(&hidden) {
                shown.field("ref_", value);
            }
            if let Some(value) = self.title.is_some().then_some(&hidden) {
                shown.field("title", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
            }
            shown.finish_non_exhaustive()
        }
    }
}
#[derive(Clone, Debug)]
/// Client for PLATFORM API V1
///
/// The operations of the BSPK Platform API. Every answer says how many calls are allowed per 10 seconds (X-RateLimit-Limit) and how many are left (X-RateLimit-Remaining); one call more is answered 429.
///
/// Version: 1.0.0
#[cfg(feature = "client")]
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: crate::signature::Signature,
}
#[cfg(feature = "client")]
impl Client {
    /// Create a new client.
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new(baseurl: &str, inner: crate::signature::Signature) -> Self {
        #[cfg(not(target_arch = "wasm32"))]
        let client = {
            let dur = ::std::time::Duration::from_secs(15u64);
            reqwest::ClientBuilder::new().connect_timeout(dur).timeout(dur)
        };
        #[cfg(target_arch = "wasm32")]
        let client = reqwest::ClientBuilder::new();
        Self::new_with_client(baseurl, client.build().unwrap(), inner)
    }
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(
        baseurl: &str,
        client: reqwest::Client,
        inner: crate::signature::Signature,
    ) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
            inner,
        }
    }
}
#[cfg(feature = "client")]
impl ClientInfo<crate::signature::Signature> for Client {
    fn api_version() -> &'static str {
        "1.0.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &crate::signature::Signature {
        &self.inner
    }
}
#[cfg(feature = "client")]
const _: () = {
    #[allow(dead_code)]
    fn assert_client_hooks()
    where
        Client: ClientHooks<crate::signature::Signature>,
    {}
};
#[allow(clippy::all)]
#[cfg(feature = "client")]
impl Client {
    /// Creates a shopper, or updates the one with the same `shopper_ref`
    ///
    /// Without a `shopper_ref` every call makes a new shopper. BSPK stores a shopper although it has doubts; those are in `warnings` of the answer.
    ///
    /// Sends a `POST` request to `/api/platform/v1/shoppers`
    pub async fn upsert_shopper<'a>(
        &'a self,
        body: &'a types::UpsertBody<'a>,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self.inner.url("/api/platform/v1/shoppers");
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(::reqwest::header::CONTENT_TYPE, crate::signature::JSON)
            .body(crate::signature::json(&body).map_err(Error::InvalidRequest)?)
            .build()?;
        let info = OperationInfo {
            operation_id: "upsert_shopper",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
}
/// Items consumers will typically use such as the Client.
#[cfg(feature = "client")]
pub mod prelude {
    #[allow(unused_imports)]
    pub use super::Client;
}
/// The paths that are the same for every call.
#[cfg(feature = "client")]
pub(crate) const PATHS: &[&str] = &["/api/platform/v1/shoppers"];
#[cfg(feature = "client")]
pub(crate) const UPSERT_SHOPPER: crate::Operation = crate::Operation {
    vendor: "bspk",
    name: "upsert_shopper",
    method: "POST",
    path: "/api/platform/v1/shoppers",
    effect: crate::Effect::Write,
    idempotency: crate::Idempotency::With("shopper_ref"),
    summary: "Creates a shopper, or updates the one with the same `shopper_ref`",
    description: "Without a `shopper_ref` every call makes a new shopper. BSPK stores a shopper although it has doubts; those are in `warnings` of the answer.",
    document: "specs/bspk/upsert_shopper.yaml",
    parameters: &[],
    body: Some(crate::RequestBody {
        envelope: Some("shopper"),
    }),
    is_paged: false,
};
/// Every operation that the vendor's documents have.
#[cfg(feature = "client")]
pub const OPERATIONS: &[crate::Operation] = &[UPSERT_SHOPPER];
/// Sends each operation, and leaves its answer to be read.
#[cfg(feature = "client")]
pub(crate) mod send {
    #[allow(unused_imports)]
    use super::*;
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn upsert_shopper(
        client: &super::super::Client,
        shopper: &types::Shopper,
    ) -> ::std::result::Result<crate::call::Answer, crate::Error> {
        crate::operation::check(&UPSERT_SHOPPER, shopper)?;
        let body = types::UpsertBody {
            shopper: Some(shopper),
        };
        client
            .call(
                &UPSERT_SHOPPER,
                UPSERT_SHOPPER.idempotency.of(&shopper.shopper_ref),
                |generated| generated.upsert_shopper(&body),
            )
            .await
    }
}
#[cfg(feature = "client")]
impl super::Client {
    /// Creates a shopper, or updates the one with the same `shopper_ref`.
    ///
    /// Without a `shopper_ref` every call makes a new shopper. BSPK stores a shopper although it has doubts; those are in `warnings` of the answer.
    ///
    /// Sends `POST /api/platform/v1/shoppers`, as specs/bspk/upsert_shopper.yaml describes it.
    ///
    /// # Errors
    ///
    /// - A body that breaks a rule which is checked here: [`is_invalid`](crate::Error::is_invalid), nothing was sent.
    /// - A key that is not accepted: [`is_unauthorized`](crate::Error::is_unauthorized).
    /// - A value that the vendor does not accept: [`is_rejected`](crate::Error::is_rejected), with [`problems`](crate::Error::problems).
    /// - No permit before the deadline, or a 429 until then: [`is_throttled`](crate::Error::is_throttled), with the wait in [`retry_after`](crate::Error::retry_after).
    /// - No answer, or one in the 500s: [`is_ambiguous`](crate::Error::is_ambiguous). With a `shopper_ref` it was tried again, and calling once more is harmless.
    /// - An answer that is not as described: [`is_unreadable`](crate::Error::is_unreadable); it was carried out.
    ///
    /// # Cancellation
    ///
    /// Dropping the future does not undo what was sent. With a `shopper_ref`, calling again is harmless; without one it may do it twice, so run the call in [a task of its own](crate::deploying#calls-that-are-dropped).
    #[allow(clippy::too_many_arguments)]
    pub async fn upsert_shopper(
        &self,
        shopper: &types::Shopper,
    ) -> ::std::result::Result<types::Upserted, crate::Error> {
        send::upsert_shopper(self, shopper).await?.json()
    }
    /// Calls an operation by its name, with its arguments and its answer as JSON: for programs that go through
    /// [`OPERATIONS`](super::OPERATIONS). Where the operation is known, its method is the better choice.
    ///
    /// `arguments` is an object with each parameter by the name that the document has for it, and the body as
    /// `body`, without its [envelope](crate::RequestBody::envelope). The call is checked, limited and repeated as
    /// that of the operation's method is. Returns the vendor's answer as it came, or `null` if there is none.
    ///
    /// # Errors
    ///
    /// - No operation of that name, an argument that is missing, unknown or does not fit:
    ///   [`is_invalid`](crate::Error::is_invalid), nothing was sent. The message names the argument and never holds
    ///   a value.
    /// - All others as of the operation's method.
    pub async fn call_by_name(
        &self,
        operation: &str,
        arguments: ::serde_json::Value,
    ) -> ::std::result::Result<::serde_json::Value, crate::Error> {
        match operation {
            "upsert_shopper" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &UPSERT_SHOPPER,
                    arguments,
                )?;
                let shopper: types::Shopper = arguments.body()?;
                send::upsert_shopper(self, &shopper).await?.value()
            }
            _ => Err(crate::arguments::unknown_operation()),
        }
    }
}
/// The part of it that is public.
pub(crate) mod public {
    pub use super::types::{ProfileType, Shopper, Upserted, WebhookShopper};
    #[cfg(feature = "client")]
    pub use super::OPERATIONS;
}
/// Typed mocks of the operations.
#[cfg(feature = "httpmock")]
#[allow(clippy::all)]
pub(crate) mod mock {
    pub mod operations {
        //! \[`When`\](::httpmock::When) and \[`Then`\](::httpmock::Then)
        //! wrappers for each operation. Each can be converted to
        //! its inner type with a call to `into_inner()`. This can
        //! be used to explicitly deviate from permitted values.
        use super::super::*;
        /// Which calls of the operation a mock is for; all of them by default.
        pub struct UpsertShopperWhen(::httpmock::When);
        impl UpsertShopperWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::POST)
                        .path_matches(
                            regex::Regex::new("^/api/platform/v1/shoppers$").unwrap(),
                        ),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            pub(crate) fn body(self, value: &types::UpsertBody) -> Self {
                Self(self.0.json_body_obj(value))
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct UpsertShopperThen(::httpmock::Then);
        impl UpsertShopperThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            pub(crate) fn ok(self, value: &types::Upserted) -> Self {
                Self(
                    self
                        .0
                        .status(200u16)
                        .header("content-type", "application/json")
                        .json_body_obj(value),
                )
            }
        }
    }
    /// An extension trait for \[`MockServer`\](::httpmock::MockServer) that
    /// adds a method for each operation. These are the equivalent of
    /// type-checked \[`mock()`\](::httpmock::MockServer::mock) calls.
    pub trait MockServerExt {
        fn upsert_shopper<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::UpsertShopperWhen, operations::UpsertShopperThen);
    }
    impl MockServerExt for ::httpmock::MockServer {
        fn upsert_shopper<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::UpsertShopperWhen, operations::UpsertShopperThen),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::UpsertShopperWhen::new(when),
                    operations::UpsertShopperThen::new(then),
                )
            })
        }
    }
}
