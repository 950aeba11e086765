// Generated from specs by build.rs, and compiled where the feature `generate` is off. Never edited: `cargo xtask regen` writes it.

/// The SHA-256 of the documents.
pub(crate) const SHA256: &str = "759be4339c1d4624632930e9bafa21e693cb6309ff495632ca4ad8af229b12fd";
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
    /// An appointment of a sales associate with a client. It has no id of its own.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkAppointment"))]
    pub struct Appointment {
        /// The details, by the associate. The vendor's page has no settled words for it.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub body: ::std::option::Option<::std::string::String>,
        /// The brand's id of the client: the `shopper_ref` of the Platform API.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub client_id: ::std::option::Option<::std::string::String>,
        /// The client's full name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub client_name: ::std::option::Option<::std::string::String>,
        /// The time of its creation.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub created_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// The time at which it ends. The example is null, so the type is a guess (not documented).
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub ends_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// True once the associate has marked it as done. The type is that of the example (not documented).
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub is_done: ::std::option::Option<bool>,
        /// The time at which it was marked as done. The example is null, so the type is a guess (not documented).
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub is_done_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// Not described; in the example the same text as `body` (not documented).
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub notes: ::std::option::Option<::std::string::String>,
        /// The brand's id of the associate who made the appointment.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub sales_associate_id: ::std::option::Option<::std::string::String>,
        /// The associate's full name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub sales_associate_name: ::std::option::Option<::std::string::String>,
        /// The time at which it begins. The type is that of the example (not documented).
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub starts_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// The brand's id of the store that the associate was assigned to.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub store_id: ::std::option::Option<::std::string::String>,
        /// The name of that store.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub store_name: ::std::option::Option<::std::string::String>,
        /// A short description by the associate.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub title: ::std::option::Option<::std::string::String>,
        /// The time of its last change.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub updated_at: ::std::option::Option<crate::bspk::Timestamp>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// A call by a sales associate to a client. It has no id of its own and no time of a last change.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkCall"))]
    pub struct Call {
        /// The brand's id of the client: the `shopper_ref` of the Platform API.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub client_id: ::std::option::Option<::std::string::String>,
        /// The client's full name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub client_name: ::std::option::Option<::std::string::String>,
        /// The time at which it was made.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub created_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// The brand's id of the associate who called.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub sales_associate_id: ::std::option::Option<::std::string::String>,
        /// The associate's full name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub sales_associate_name: ::std::option::Option<::std::string::String>,
        /// The brand's id of the store that the associate was assigned to.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub store_id: ::std::option::Option<::std::string::String>,
        /// The name of that store.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub store_name: ::std::option::Option<::std::string::String>,
        /// Null in the example; a guess is the number that was called (not documented).
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub to: ::std::option::Option<::std::string::String>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// An address of a client. All of it is null in the example, so each type is a guess (not documented).
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkClientAddress"))]
    pub struct ClientAddress {
        /// The first line.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub address: ::std::option::Option<::std::string::String>,
        /// The second line.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub address_2: ::std::option::Option<::std::string::String>,
        /// The third line.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub address_3: ::std::option::Option<::std::string::String>,
        /// The fourth line.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub address_4: ::std::option::Option<::std::string::String>,
        /// The city.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub city: ::std::option::Option<::std::string::String>,
        /// The country's code.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub country_code: ::std::option::Option<::std::string::String>,
        /// The state.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub state: ::std::option::Option<::std::string::String>,
        /// The postal code; a write calls it `zip_code`.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub zip: ::std::option::Option<::std::string::String>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// A client as BSPK has it. Unless it says otherwise each type is that of the example (not documented).
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkClientRecord"))]
    pub struct ClientRecord {
        /// The whole address in one text. Empty in the example.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub address: ::std::option::Option<::std::string::String>,
        /// The addresses.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub addresses: ::std::option::Option<::std::vec::Vec<ClientAddress>>,
        /// The birthday. Null in the example; a partial one, as a write may have, is not documented here.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub birthday: ::std::option::Option<::std::string::String>,
        /// The brand's id of the client: the `shopper_ref` of the Platform API.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub client_id: ::std::option::Option<::std::string::String>,
        /// The channels by which the client may be contacted.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub communication_preferences: ::std::option::Option<CommunicationPreferences>,
        /// True if the client has given consent.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub consent: ::std::option::Option<bool>,
        /// The time at which it was created.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub created_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// The brand's id of the associate that the client is assigned to.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub current_sales_associate_id: ::std::option::Option<::std::string::String>,
        /// The full name of that associate.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub current_sales_associate_name: ::std::option::Option<::std::string::String>,
        /// The brand's id of the store that the client is assigned to. Null in the example.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub current_store_id: ::std::option::Option<::std::string::String>,
        /// The name of that store. Null in the example.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub current_store_name: ::std::option::Option<::std::string::String>,
        /// The e-mail address.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub email: ::std::option::Option<::std::string::String>,
        /// The first name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub first_name: ::std::option::Option<::std::string::String>,
        /// M, F or NB on the vendor's page.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub gender: ::std::option::Option<crate::bspk::Gender>,
        /// Interests. Empty in the example; what one of them is is not documented.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub interests: ::std::option::Option<::std::vec::Vec<::serde_json::Value>>,
        /// The language. Null in the example.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub language: ::std::option::Option<::std::string::String>,
        /// The time at which a sales associate last contacted the client.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub last_contacted_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// The last name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub last_name: ::std::option::Option<::std::string::String>,
        /// The mobile phone.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub mobile_phone: ::std::option::Option<::std::string::String>,
        /// The full name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub name: ::std::option::Option<::std::string::String>,
        /// The nationality. Null in the example.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub nationality: ::std::option::Option<::std::string::String>,
        /// True if the client wants news of collections.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub notify_of_new_collection: ::std::option::Option<bool>,
        /// Another phone.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub other_phone: ::std::option::Option<::std::string::String>,
        /// The passport number. Null in the example.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub passport_number: ::std::option::Option<::std::string::String>,
        /// Preferences. Empty in the example; what one of them is is not documented.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub preferences: ::std::option::Option<::std::vec::Vec<::serde_json::Value>>,
        /// One of chat, email, line, whastapp, wechat, call on the vendor's page, one of them misspelt there; a write spells it whatsapp.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub preferred_contact_channel: ::std::option::Option<
            crate::bspk::ContactChannel,
        >,
        /// The journey that the client is assigned to. Null in the example.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub preferred_journey: ::std::option::Option<::std::string::String>,
        /// The time at which that was recorded. Null in the example.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub referred_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// The id of the client who referred this one. Null in the example.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub referred_by_client_id: ::std::option::Option<::std::string::String>,
        /// The segment that the client is assigned to. Null in the example.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub segment: ::std::option::Option<::std::string::String>,
        /// The form of address. Null in the example.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub title: ::std::option::Option<::std::string::String>,
        /// The time at which it was last changed.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub updated_at: ::std::option::Option<crate::bspk::Timestamp>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// The channels by which the client may be contacted.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkCommunicationPreferences"))]
    pub struct CommunicationPreferences {
        /// May be contacted by chat.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub chat_opt_in: ::std::option::Option<bool>,
        /// May be contacted by e-mail.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub email_opt_in: ::std::option::Option<bool>,
        /// May be contacted by LINE.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub line_opt_in: ::std::option::Option<bool>,
        /// Not to be contacted at all.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub opt_out: ::std::option::Option<bool>,
        /// May be contacted by phone.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub phone_opt_in: ::std::option::Option<bool>,
        /// May be contacted by WeChat.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub wechat_opt_in: ::std::option::Option<bool>,
        /// May be contacted by WhatsApp.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub whatsapp_opt_in: ::std::option::Option<bool>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// An e-mail from a sales associate to a client. It has no id of its own and no time of a last change.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkEmail"))]
    pub struct Email {
        /// The brand's id of the client: the `shopper_ref` of the Platform API.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub client_id: ::std::option::Option<::std::string::String>,
        /// The client's full name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub client_name: ::std::option::Option<::std::string::String>,
        /// The time at which it was sent.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub created_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// Attachments. Empty in the example; what one of them holds is not documented.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub media: ::std::option::Option<::std::vec::Vec<::serde_json::Value>>,
        /// The brand's id of the associate who sent it.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub sales_associate_id: ::std::option::Option<::std::string::String>,
        /// The associate's full name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub sales_associate_name: ::std::option::Option<::std::string::String>,
        /// The id of the slice that was sent along. Null in the example; the type is that of a message's (not documented).
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub slice_id: ::std::option::Option<i64>,
        /// The brand's id of the store that the associate was assigned to.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub store_id: ::std::option::Option<::std::string::String>,
        /// The name of that store.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub store_name: ::std::option::Option<::std::string::String>,
        /// The id of the template that was used.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub template_id: ::std::option::Option<::std::string::String>,
        /// The name of that template.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub template_name: ::std::option::Option<::std::string::String>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// A message from a sales associate to a client. It has no id of its own and no time of a last change.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkMessage"))]
    pub struct Message {
        /// The text.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub body: ::std::option::Option<::std::string::String>,
        /// The channel that it was sent by. Its values are not documented.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub channel: ::std::option::Option<::std::string::String>,
        /// The brand's id of the client: the `shopper_ref` of the Platform API.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub client_id: ::std::option::Option<::std::string::String>,
        /// The client's full name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub client_name: ::std::option::Option<::std::string::String>,
        /// The time at which it was sent.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub created_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// Attachments, as objects. What one of them holds is not documented.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub media: ::std::option::Option<::std::vec::Vec<::serde_json::Value>>,
        /// The brand's id of the associate who sent it.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub sales_associate_id: ::std::option::Option<::std::string::String>,
        /// The associate's full name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub sales_associate_name: ::std::option::Option<::std::string::String>,
        /// The id of the slice that was sent along. The list of slices shows no such id.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub slice_id: ::std::option::Option<i64>,
        /// The brand's id of the store that the associate was assigned to.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub store_id: ::std::option::Option<::std::string::String>,
        /// The name of that store.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub store_name: ::std::option::Option<::std::string::String>,
        /// The id of the template that was used.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub template_id: ::std::option::Option<::std::string::String>,
        /// The name of that template.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub template_name: ::std::option::Option<::std::string::String>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// A metafield of a shopper as BSPK has it.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkMetafield"))]
    pub struct Metafield {
        /// The time of its creation. The page has no format (not documented).
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub created_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// BSPK's own id of the metafield.
        pub id: i64,
        /// True if the value is a list.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub is_list: ::std::option::Option<bool>,
        /// Null in the example, and without a type on the page; a guess is the value as JSON (not documented).
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub json_value: ::std::option::Option<::serde_json::Value>,
        /// The name, unique within its namespace.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub key: ::std::option::Option<::std::string::String>,
        /// The group of the key.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub namespace: ::std::option::Option<::std::string::String>,
        /// The time of its last change. The page has no format (not documented).
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub updated_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// The value as text, whatever its type.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub value: ::std::option::Option<::std::string::String>,
        /// The type to read the value as.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub value_type: ::std::option::Option<::std::string::String>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// A metafield to create or update. Members that may be left out are not documented: the only example has all five, and the import of metafields requires all five.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkMetafieldInput"))]
    pub struct MetafieldInput {
        /// True if the value is a list of values of that type.
        pub is_list: bool,
        /// The name, unique within its namespace.
        pub key: ::std::string::String,
        /// The group of the key; `custom` for what the brand defines.
        pub namespace: ::std::string::String,
        /// The value as text, whatever its type. How a list is written is not documented.
        pub value: ::std::string::String,
        /// The type to read the value as. The pages name single_line_text_field, boolean and date; the whole list is not documented.
        pub value_type: ::std::string::String,
    }
    /// The envelope around metafields.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkMetafieldsBody"))]
    pub struct MetafieldsBody<'a> {
        /// The metafields to create or update.
        pub metafields: &'a [MetafieldInput],
    }
    /// A note of a sales associate about a client. It has no id of its own and no time of a last change.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkNote"))]
    pub struct Note {
        /// The text.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub body: ::std::option::Option<::std::string::String>,
        /// The brand's id of the client: the `shopper_ref` of the Platform API.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub client_id: ::std::option::Option<::std::string::String>,
        /// The client's full name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub client_name: ::std::option::Option<::std::string::String>,
        /// The time at which it was written.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub created_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// Attachments, as objects. What one of them holds is not documented.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub media: ::std::option::Option<::std::vec::Vec<::serde_json::Value>>,
        /// The brand's id of the associate who wrote it.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub sales_associate_id: ::std::option::Option<::std::string::String>,
        /// The associate's full name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub sales_associate_name: ::std::option::Option<::std::string::String>,
        /// The brand's id of the store that the associate was assigned to.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub store_id: ::std::option::Option<::std::string::String>,
        /// The name of that store.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub store_name: ::std::option::Option<::std::string::String>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// Shopper's profile type (default: person)
    #[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkProfileType"))]
    pub enum ProfileType {
        #[cfg_attr(feature = "schemars", serde(rename = "person"))]
        /// `person` on the wire.
        Person,
        #[cfg_attr(feature = "schemars", serde(rename = "organization"))]
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
    /// A reminder of a sales associate about a client. It has no id of its own.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkReminder"))]
    pub struct Reminder {
        /// The details.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub body: ::std::option::Option<::std::string::String>,
        /// The brand's id of the client: the `shopper_ref` of the Platform API.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub client_id: ::std::option::Option<::std::string::String>,
        /// The client's full name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub client_name: ::std::option::Option<::std::string::String>,
        /// The time of its creation.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub created_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// The time at which it ends. The example is null, so the type is a guess (not documented).
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub ends_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// True once the associate has marked it as done. The type is that of the example (not documented).
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub is_done: ::std::option::Option<bool>,
        /// The time at which it was marked as done. The example is null, so the type is a guess (not documented).
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub is_done_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// Not described; in the example the same text as `body` (not documented).
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub notes: ::std::option::Option<::std::string::String>,
        /// The brand's id of the associate who made the reminder.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub sales_associate_id: ::std::option::Option<::std::string::String>,
        /// The associate's full name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub sales_associate_name: ::std::option::Option<::std::string::String>,
        /// The time at which it begins. The type is that of the example (not documented).
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub starts_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// The brand's id of the store that the associate was assigned to.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub store_id: ::std::option::Option<::std::string::String>,
        /// The name of that store.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub store_name: ::std::option::Option<::std::string::String>,
        /// A short description by the associate.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub title: ::std::option::Option<::std::string::String>,
        /// The time of its last change.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub updated_at: ::std::option::Option<crate::bspk::Timestamp>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// A sales associate.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkSalesAssociate"))]
    pub struct SalesAssociate {
        /// True if Adyen is set up. The type is that of the example (not documented).
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub adyen_enabled: ::std::option::Option<bool>,
        /// The brand's id of the associate. Null in the example.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub associate_id: ::std::option::Option<::std::string::String>,
        /// A second id of the associate.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub associate_id_2: ::std::option::Option<::std::string::String>,
        /// The time at which it was created.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub created_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// The brand's id of the store that the associate is assigned to.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub current_store_id: ::std::option::Option<::std::string::String>,
        /// The e-mail address.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub email: ::std::option::Option<::std::string::String>,
        /// True if iMessage is set up. The type is that of the example (not documented).
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub imessage_enabled: ::std::option::Option<bool>,
        /// The job title.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub job_title: ::std::option::Option<::std::string::String>,
        /// True if LINE is set up. The type is that of the example (not documented).
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub line_enabled: ::std::option::Option<bool>,
        /// The mobile phone.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub mobile_phone: ::std::option::Option<::std::string::String>,
        /// The full name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub sales_associate_name: ::std::option::Option<::std::string::String>,
        /// The time at which it was last changed.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub updated_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// The name to log in to BSPK with.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub username: ::std::option::Option<::std::string::String>,
        /// Null in the example; its type and meaning are not documented.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub wechat_code: ::std::option::Option<::std::string::String>,
        /// True if WeChat is set up. The type is that of the example (not documented).
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub wechat_enabled: ::std::option::Option<bool>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// A shopper as the brand knows them. BSPK finds its record by `shopper_ref` and updates it, or makes a new one; without a `shopper_ref` every call makes a new one.
    #[derive(Clone, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkShopper"))]
    pub struct Shopper {
        /// Shopper's address
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub address: ::std::option::Option<::std::string::String>,
        /// Shopper's address 2nd line
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub address_2: ::std::option::Option<::std::string::String>,
        /// Shopper's address 3rd line
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub address_3: ::std::option::Option<::std::string::String>,
        /// Shopper's address 4th line
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub address_4: ::std::option::Option<::std::string::String>,
        /// Shopper's alternate first name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub alternate_first_name: ::std::option::Option<::std::string::String>,
        /// Shopper's alternate last name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub alternate_last_name: ::std::option::Option<::std::string::String>,
        /// Shopper's barcode
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub barcode: ::std::option::Option<::std::string::String>,
        /// Shopper's birth day, full or partial (YYYY-MM-DD or MM-DD)
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub birthday: ::std::option::Option<crate::bspk::Birthday>,
        /// Define if shopper gave their agreement to be contacted by chat
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub chat_contact: ::std::option::Option<crate::bspk::Flag>,
        /// Shopper's city
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub city: ::std::option::Option<::std::string::String>,
        /// Shopper's country code
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub country_code: ::std::option::Option<::std::string::String>,
        /// Shopper's creation date, as the vendor reads it. The vendor's only example is 01/05/2022; which of the two is the month is not documented.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub creation_date: ::std::option::Option<::std::string::String>,
        /// Define if shopper should not be contacted, regardless of the other contact preferences
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub do_not_contact: ::std::option::Option<crate::bspk::Flag>,
        /// Shopper's email
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub email: ::std::option::Option<::std::string::String>,
        /// Define if shopper gave their agreement to be contacted by email
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub email_contact: ::std::option::Option<crate::bspk::Flag>,
        /// Shopper's first name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub first_name: ::std::option::Option<::std::string::String>,
        /// Gender of the shopper: M, F, or, on other pages of BSPK, NB.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub gender: ::std::option::Option<crate::bspk::Gender>,
        /// Attributes that keep the value they have at BSPK, whatever this shopper says, joined by semicolons.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub ignore_columns: ::std::option::Option<crate::bspk::IgnoreColumns>,
        /// Define if shopper is interested in receiving messages about new products
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub interested_in_new_products: ::std::option::Option<crate::bspk::Flag>,
        /// Shopper's languages, joined by semicolons.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub languages: ::std::option::Option<crate::bspk::Languages>,
        /// Shopper's last name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub last_name: ::std::option::Option<::std::string::String>,
        /// Shopper's mobile phone (with country code)
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub mobile_phone: ::std::option::Option<::std::string::String>,
        /// Shopper's Nationality
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub nationality: ::std::option::Option<::std::string::String>,
        /// Shopper's other phone (with country code)
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub other_phone: ::std::option::Option<::std::string::String>,
        /// Shopper's Passport Number
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub passport_number: ::std::option::Option<::std::string::String>,
        /// Define if shopper gave their agreement to be contacted by phone call
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub phone_call_contact: ::std::option::Option<crate::bspk::Flag>,
        /// Shopper's preferred product categories. Must belong to the company "shopper preferences". Supports two formats: (1) Flat values separated by semicolons, e.g. "Young Professional; Lawyer". (2) Key:value pairs where key is the preference group id and values are comma-separated, e.g. "Right Thumb Ring Size:40,41;Necklace Length:Classic". The key:value format allows assigning the same value to different preference groups.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub preferences: ::std::option::Option<crate::bspk::Preferences>,
        /// One of chat, email, line, whatsapp, wechat, call.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub preferred_contact_channel: ::std::option::Option<
            crate::bspk::ContactChannel,
        >,
        /// Shopper's profile type (default: person)
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub profile_type: ::std::option::Option<ProfileType>,
        /// Shopper's current associate
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub sales_associate_ref: ::std::option::Option<::std::string::String>,
        /// Shopper's segment
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub segment: ::std::option::Option<::std::string::String>,
        /// Shopper's unique identifier in your own system. With it, sending the same shopper twice is harmless.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub shopper_ref: ::std::option::Option<::std::string::String>,
        /// Shopper's state
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub state: ::std::option::Option<::std::string::String>,
        /// Shopper's record was created at this store
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub store_ref: ::std::option::Option<::std::string::String>,
        /// Shopper's zip code
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub zip_code: ::std::option::Option<::std::string::String>,
    }
    /// The record that a shopper is linked to.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkShopperLink"))]
    pub struct ShopperLink {
        /// The shopper's id in the brand's own system.
        pub shopper_ref: ::std::string::String,
    }
    /// A selection of items that a sales associate put together. It has no id of its own.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkSlice"))]
    pub struct Slice {
        /// The details, by the associate.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub body: ::std::option::Option<::std::string::String>,
        /// The time at which it was made.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub created_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// The brand's id of the associate who made it.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub created_by_sales_associate_id: ::std::option::Option<::std::string::String>,
        /// The full name of that associate.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub created_by_sales_associate_name: ::std::option::Option<
            ::std::string::String,
        >,
        /// The ids of the items in it. The type is that of the example (not documented).
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub item_ids: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        /// The brand's id of the store that the associate was assigned to.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub store_id: ::std::option::Option<::std::string::String>,
        /// The name of that store.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub store_name: ::std::option::Option<::std::string::String>,
        /// A short description by the associate.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub title: ::std::option::Option<::std::string::String>,
        /// The time at which it was last changed.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub updated_at: ::std::option::Option<crate::bspk::Timestamp>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// The envelope around a shopper.
    #[derive(Clone, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkUpsertBody"))]
    pub struct UpsertBody<'a> {
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        /// A shopper as the brand knows them. BSPK finds its record by `shopper_ref` and updates it, or makes a new one; without a `shopper_ref` every call makes a new one.
        pub shopper: ::std::option::Option<&'a Shopper>,
    }
    /// What BSPK has stored.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkUpserted"))]
    pub struct Upserted {
        /// When the shopper was first stored.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub created_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// The `shopper_ref` of the shopper, under another name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub external_id: ::std::option::Option<::std::string::String>,
        /// BSPK's own id of the shopper.
        pub id: i64,
        /// When the shopper was last changed.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub updated_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// What BSPK wants to be known of this shopper, although it is stored.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub warnings: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// An address that BSPK delivers events to.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkWebhookEndpoint"))]
    pub struct WebhookEndpoint {
        /// The time of its creation.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub created_at: ::std::option::Option<crate::bspk::Timestamp>,
        /// The names of the events that are delivered.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub events: ::std::option::Option<::std::vec::Vec<crate::bspk::EventName>>,
        /// BSPK's own id of the endpoint.
        pub id: i64,
        /// True if events are delivered. BSPK sets it to false by itself once deliveries have failed for days.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub is_enabled: ::std::option::Option<bool>,
        /// The value of the header X-Bspk-Secret of every delivery. It is in the answer to a creation alone.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub secret: ::std::option::Option<::std::string::String>,
        /// The address that events are posted to.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub target_url: ::std::option::Option<::std::string::String>,
        /// The time of its last change.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub updated_at: ::std::option::Option<crate::bspk::Timestamp>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// An address that BSPK is to deliver events to. A change requires all three members; what a new endpoint may leave out is not documented.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkWebhookEndpointInput"))]
    pub struct WebhookEndpointInput {
        /// The names of the events to deliver.
        pub events: ::std::vec::Vec<crate::bspk::EventName>,
        /// True if events are to be delivered.
        pub is_enabled: bool,
        /// The address that events are posted to, by HTTPS and reachable from the internet.
        pub target_url: ::std::string::String,
    }
    /// A shopper as a webhook brings it. The page has the names of these members and sentences about them, and no type: each type is that of the list of clients, where a member of that name is (not documented). The stored copy of the page ends within the list, so there are more.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "BspkWebhookShopper"))]
    pub struct WebhookShopper {
        /// The addresses. What one of them holds is not documented.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub addresses: ::std::option::Option<::std::vec::Vec<::serde_json::Value>>,
        /// The alternate first name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub alternate_first_name: ::std::option::Option<::std::string::String>,
        /// The alternate last name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub alternate_last_name: ::std::option::Option<::std::string::String>,
        /// The birthday.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub birthday: ::std::option::Option<::std::string::String>,
        /// The channels by which the shopper may be contacted. What it holds is not documented.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub communication_preferences: ::std::option::Option<::serde_json::Value>,
        /// True if the shopper has given consent.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub consent: ::std::option::Option<bool>,
        /// The associate that the shopper is assigned to, an object. What it holds is not documented.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub current_sales_associate: ::std::option::Option<::serde_json::Value>,
        /// The store that the shopper is assigned to, an object. What it holds is not documented.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub current_store: ::std::option::Option<::serde_json::Value>,
        /// The e-mail address.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub email: ::std::option::Option<::std::string::String>,
        /// The first name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub first_name: ::std::option::Option<::std::string::String>,
        /// M, F or NB.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub gender: ::std::option::Option<crate::bspk::Gender>,
        /// BSPK's own id of the shopper.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub id: ::std::option::Option<i64>,
        /// The interests. What they are is not documented.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub interests: ::std::option::Option<::serde_json::Value>,
        /// The language.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub language: ::std::option::Option<::std::string::String>,
        /// The last name.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub last_name: ::std::option::Option<::std::string::String>,
        /// The mobile phone.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub mobile_phone: ::std::option::Option<::std::string::String>,
        /// The nationality.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub nationality: ::std::option::Option<::std::string::String>,
        /// True if the shopper wants news of collections.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub notify_of_new_collection: ::std::option::Option<bool>,
        /// Another phone.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub other_phone: ::std::option::Option<::std::string::String>,
        /// The passport number.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub passport_number: ::std::option::Option<::std::string::String>,
        /// The preferences. What they are is not documented.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub preferences: ::std::option::Option<::serde_json::Value>,
        /// The preferred channel.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub preferred_contact_channel: ::std::option::Option<
            crate::bspk::ContactChannel,
        >,
        /// The journey that the shopper is assigned to. What it is is not documented.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub preferred_journey: ::std::option::Option<::serde_json::Value>,
        /// The brand's own id of the shopper: the `shopper_ref` of a write. Null if the shopper is linked to none (not documented).
        #[cfg_attr(
            feature = "schemars",
            serde(rename = "ref", skip_serializing_if = "Option::is_none")
        )]
        pub ref_: ::std::option::Option<::std::string::String>,
        /// The form of address.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub title: ::std::option::Option<::std::string::String>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
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
    impl crate::fields::Answer for Appointment {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
            Ok(Self {
                body: fields.take("body"),
                client_id: fields.take("client_id"),
                client_name: fields.take("client_name"),
                created_at: fields.take("created_at"),
                ends_at: fields.take("ends_at"),
                is_done: fields.take("is_done"),
                is_done_at: fields.take("is_done_at"),
                notes: fields.take("notes"),
                sales_associate_id: fields.take("sales_associate_id"),
                sales_associate_name: fields.take("sales_associate_name"),
                starts_at: fields.take("starts_at"),
                store_id: fields.take("store_id"),
                store_name: fields.take("store_name"),
                title: fields.take("title"),
                updated_at: fields.take("updated_at"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for Appointment {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected an object")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for Appointment {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("Appointment");
            if let Some(value) = self.body.is_some().then_some(&hidden) {
                shown.field("body", value);
            }
            if let Some(value) = self.client_id.is_some().then_some(&hidden) {
                shown.field("client_id", value);
            }
            if let Some(value) = self.client_name.is_some().then_some(&hidden) {
                shown.field("client_name", value);
            }
            if let Some(value) = self.created_at.is_some().then_some(&hidden) {
                shown.field("created_at", value);
            }
            if let Some(value) = self.ends_at.is_some().then_some(&hidden) {
                shown.field("ends_at", value);
            }
            if let Some(value) = self.is_done.is_some().then_some(&hidden) {
                shown.field("is_done", value);
            }
            if let Some(value) = self.is_done_at.is_some().then_some(&hidden) {
                shown.field("is_done_at", value);
            }
            if let Some(value) = self.notes.is_some().then_some(&hidden) {
                shown.field("notes", value);
            }
            if let Some(value) = self.sales_associate_id.is_some().then_some(&hidden) {
                shown.field("sales_associate_id", value);
            }
            if let Some(value) = self.sales_associate_name.is_some().then_some(&hidden) {
                shown.field("sales_associate_name", value);
            }
            if let Some(value) = self.starts_at.is_some().then_some(&hidden) {
                shown.field("starts_at", value);
            }
            if let Some(value) = self.store_id.is_some().then_some(&hidden) {
                shown.field("store_id", value);
            }
            if let Some(value) = self.store_name.is_some().then_some(&hidden) {
                shown.field("store_name", value);
            }
            if let Some(value) = self.title.is_some().then_some(&hidden) {
                shown.field("title", value);
            }
            if let Some(value) = self.updated_at.is_some().then_some(&hidden) {
                shown.field("updated_at", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for Appointment {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("body", &self.body)?;
            members.given("client_id", &self.client_id)?;
            members.given("client_name", &self.client_name)?;
            members.given("created_at", &self.created_at)?;
            members.given("ends_at", &self.ends_at)?;
            members.given("is_done", &self.is_done)?;
            members.given("is_done_at", &self.is_done_at)?;
            members.given("notes", &self.notes)?;
            members.given("sales_associate_id", &self.sales_associate_id)?;
            members.given("sales_associate_name", &self.sales_associate_name)?;
            members.given("starts_at", &self.starts_at)?;
            members.given("store_id", &self.store_id)?;
            members.given("store_name", &self.store_name)?;
            members.given("title", &self.title)?;
            members.given("updated_at", &self.updated_at)?;
            members.rest(&self.extra)?;
            members.end()
        }
    }
    impl crate::fields::Answer for Call {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
            Ok(Self {
                client_id: fields.take("client_id"),
                client_name: fields.take("client_name"),
                created_at: fields.take("created_at"),
                sales_associate_id: fields.take("sales_associate_id"),
                sales_associate_name: fields.take("sales_associate_name"),
                store_id: fields.take("store_id"),
                store_name: fields.take("store_name"),
                to: fields.take("to"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for Call {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected an object")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for Call {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("Call");
            if let Some(value) = self.client_id.is_some().then_some(&hidden) {
                shown.field("client_id", value);
            }
            if let Some(value) = self.client_name.is_some().then_some(&hidden) {
                shown.field("client_name", value);
            }
            if let Some(value) = self.created_at.is_some().then_some(&hidden) {
                shown.field("created_at", value);
            }
            if let Some(value) = self.sales_associate_id.is_some().then_some(&hidden) {
                shown.field("sales_associate_id", value);
            }
            if let Some(value) = self.sales_associate_name.is_some().then_some(&hidden) {
                shown.field("sales_associate_name", value);
            }
            if let Some(value) = self.store_id.is_some().then_some(&hidden) {
                shown.field("store_id", value);
            }
            if let Some(value) = self.store_name.is_some().then_some(&hidden) {
                shown.field("store_name", value);
            }
            if let Some(value) = self.to.is_some().then_some(&hidden) {
                shown.field("to", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for Call {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("client_id", &self.client_id)?;
            members.given("client_name", &self.client_name)?;
            members.given("created_at", &self.created_at)?;
            members.given("sales_associate_id", &self.sales_associate_id)?;
            members.given("sales_associate_name", &self.sales_associate_name)?;
            members.given("store_id", &self.store_id)?;
            members.given("store_name", &self.store_name)?;
            members.given("to", &self.to)?;
            members.rest(&self.extra)?;
            members.end()
        }
    }
    impl crate::fields::Answer for ClientAddress {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
            Ok(Self {
                address: fields.take("address"),
                address_2: fields.take("address_2"),
                address_3: fields.take("address_3"),
                address_4: fields.take("address_4"),
                city: fields.take("city"),
                country_code: fields.take("country_code"),
                state: fields.take("state"),
                zip: fields.take("zip"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for ClientAddress {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected an object")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for ClientAddress {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("ClientAddress");
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
            if let Some(value) = self.city.is_some().then_some(&hidden) {
                shown.field("city", value);
            }
            if let Some(value) = self.country_code.is_some().then_some(&hidden) {
                shown.field("country_code", value);
            }
            if let Some(value) = self.state.is_some().then_some(&hidden) {
                shown.field("state", value);
            }
            if let Some(value) = self.zip.is_some().then_some(&hidden) {
                shown.field("zip", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for ClientAddress {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("address", &self.address)?;
            members.given("address_2", &self.address_2)?;
            members.given("address_3", &self.address_3)?;
            members.given("address_4", &self.address_4)?;
            members.given("city", &self.city)?;
            members.given("country_code", &self.country_code)?;
            members.given("state", &self.state)?;
            members.given("zip", &self.zip)?;
            members.rest(&self.extra)?;
            members.end()
        }
    }
    impl crate::fields::Answer for ClientRecord {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
            Ok(Self {
                address: fields.take("address"),
                addresses: fields.take("addresses"),
                birthday: fields.take("birthday"),
                client_id: fields.take("client_id"),
                communication_preferences: fields.part("communication_preferences"),
                consent: fields.take("consent"),
                created_at: fields.take("created_at"),
                current_sales_associate_id: fields.take("current_sales_associate_id"),
                current_sales_associate_name: fields
                    .take("current_sales_associate_name"),
                current_store_id: fields.take("current_store_id"),
                current_store_name: fields.take("current_store_name"),
                email: fields.take("email"),
                first_name: fields.take("first_name"),
                gender: fields.take("gender"),
                interests: fields.take("interests"),
                language: fields.take("language"),
                last_contacted_at: fields.take("last_contacted_at"),
                last_name: fields.take("last_name"),
                mobile_phone: fields.take("mobile_phone"),
                name: fields.take("name"),
                nationality: fields.take("nationality"),
                notify_of_new_collection: fields.take("notify_of_new_collection"),
                other_phone: fields.take("other_phone"),
                passport_number: fields.take("passport_number"),
                preferences: fields.take("preferences"),
                preferred_contact_channel: fields.take("preferred_contact_channel"),
                preferred_journey: fields.take("preferred_journey"),
                referred_at: fields.take("referred_at"),
                referred_by_client_id: fields.take("referred_by_client_id"),
                segment: fields.take("segment"),
                title: fields.take("title"),
                updated_at: fields.take("updated_at"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for ClientRecord {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected an object")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for ClientRecord {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("ClientRecord");
            if let Some(value) = self.address.is_some().then_some(&hidden) {
                shown.field("address", value);
            }
            if let Some(value) = self.addresses.is_some().then_some(&hidden) {
                shown.field("addresses", value);
            }
            if let Some(value) = self.birthday.is_some().then_some(&hidden) {
                shown.field("birthday", value);
            }
            if let Some(value) = self.client_id.is_some().then_some(&hidden) {
                shown.field("client_id", value);
            }
            if let Some(value) = self.communication_preferences.as_ref() {
                shown.field("communication_preferences", value);
            }
            if let Some(value) = self.consent.is_some().then_some(&hidden) {
                shown.field("consent", value);
            }
            if let Some(value) = self.created_at.is_some().then_some(&hidden) {
                shown.field("created_at", value);
            }
            if let Some(value) = self
                .current_sales_associate_id
                .is_some()
                .then_some(&hidden)
            {
                shown.field("current_sales_associate_id", value);
            }
            if let Some(value) = self
                .current_sales_associate_name
                .is_some()
                .then_some(&hidden)
            {
                shown.field("current_sales_associate_name", value);
            }
            if let Some(value) = self.current_store_id.is_some().then_some(&hidden) {
                shown.field("current_store_id", value);
            }
            if let Some(value) = self.current_store_name.is_some().then_some(&hidden) {
                shown.field("current_store_name", value);
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
            if let Some(value) = self.interests.is_some().then_some(&hidden) {
                shown.field("interests", value);
            }
            if let Some(value) = self.language.is_some().then_some(&hidden) {
                shown.field("language", value);
            }
            if let Some(value) = self.last_contacted_at.is_some().then_some(&hidden) {
                shown.field("last_contacted_at", value);
            }
            if let Some(value) = self.last_name.is_some().then_some(&hidden) {
                shown.field("last_name", value);
            }
            if let Some(value) = self.mobile_phone.is_some().then_some(&hidden) {
                shown.field("mobile_phone", value);
            }
            if let Some(value) = self.name.is_some().then_some(&hidden) {
                shown.field("name", value);
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
            if let Some(value) = self.referred_at.is_some().then_some(&hidden) {
                shown.field("referred_at", value);
            }
            if let Some(value) = self.referred_by_client_id.is_some().then_some(&hidden)
            {
                shown.field("referred_by_client_id", value);
            }
            if let Some(value) = self.segment.is_some().then_some(&hidden) {
                shown.field("segment", value);
            }
            if let Some(value) = self.title.is_some().then_some(&hidden) {
                shown.field("title", value);
            }
            if let Some(value) = self.updated_at.is_some().then_some(&hidden) {
                shown.field("updated_at", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for ClientRecord {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("address", &self.address)?;
            members.given("addresses", &self.addresses)?;
            members.given("birthday", &self.birthday)?;
            members.given("client_id", &self.client_id)?;
            members.given("communication_preferences", &self.communication_preferences)?;
            members.given("consent", &self.consent)?;
            members.given("created_at", &self.created_at)?;
            members
                .given("current_sales_associate_id", &self.current_sales_associate_id)?;
            members
                .given(
                    "current_sales_associate_name",
                    &self.current_sales_associate_name,
                )?;
            members.given("current_store_id", &self.current_store_id)?;
            members.given("current_store_name", &self.current_store_name)?;
            members.given("email", &self.email)?;
            members.given("first_name", &self.first_name)?;
            members.given("gender", &self.gender)?;
            members.given("interests", &self.interests)?;
            members.given("language", &self.language)?;
            members.given("last_contacted_at", &self.last_contacted_at)?;
            members.given("last_name", &self.last_name)?;
            members.given("mobile_phone", &self.mobile_phone)?;
            members.given("name", &self.name)?;
            members.given("nationality", &self.nationality)?;
            members.given("notify_of_new_collection", &self.notify_of_new_collection)?;
            members.given("other_phone", &self.other_phone)?;
            members.given("passport_number", &self.passport_number)?;
            members.given("preferences", &self.preferences)?;
            members.given("preferred_contact_channel", &self.preferred_contact_channel)?;
            members.given("preferred_journey", &self.preferred_journey)?;
            members.given("referred_at", &self.referred_at)?;
            members.given("referred_by_client_id", &self.referred_by_client_id)?;
            members.given("segment", &self.segment)?;
            members.given("title", &self.title)?;
            members.given("updated_at", &self.updated_at)?;
            members.rest(&self.extra)?;
            members.end()
        }
    }
    impl crate::fields::Answer for CommunicationPreferences {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
            Ok(Self {
                chat_opt_in: fields.take("chat_opt_in"),
                email_opt_in: fields.take("email_opt_in"),
                line_opt_in: fields.take("line_opt_in"),
                opt_out: fields.take("opt_out"),
                phone_opt_in: fields.take("phone_opt_in"),
                wechat_opt_in: fields.take("wechat_opt_in"),
                whatsapp_opt_in: fields.take("whatsapp_opt_in"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for CommunicationPreferences {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected an object")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for CommunicationPreferences {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("CommunicationPreferences");
            if let Some(value) = self.chat_opt_in.is_some().then_some(&hidden) {
                shown.field("chat_opt_in", value);
            }
            if let Some(value) = self.email_opt_in.is_some().then_some(&hidden) {
                shown.field("email_opt_in", value);
            }
            if let Some(value) = self.line_opt_in.is_some().then_some(&hidden) {
                shown.field("line_opt_in", value);
            }
            if let Some(value) = self.opt_out.is_some().then_some(&hidden) {
                shown.field("opt_out", value);
            }
            if let Some(value) = self.phone_opt_in.is_some().then_some(&hidden) {
                shown.field("phone_opt_in", value);
            }
            if let Some(value) = self.wechat_opt_in.is_some().then_some(&hidden) {
                shown.field("wechat_opt_in", value);
            }
            if let Some(value) = self.whatsapp_opt_in.is_some().then_some(&hidden) {
                shown.field("whatsapp_opt_in", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for CommunicationPreferences {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("chat_opt_in", &self.chat_opt_in)?;
            members.given("email_opt_in", &self.email_opt_in)?;
            members.given("line_opt_in", &self.line_opt_in)?;
            members.given("opt_out", &self.opt_out)?;
            members.given("phone_opt_in", &self.phone_opt_in)?;
            members.given("wechat_opt_in", &self.wechat_opt_in)?;
            members.given("whatsapp_opt_in", &self.whatsapp_opt_in)?;
            members.rest(&self.extra)?;
            members.end()
        }
    }
    impl crate::fields::Answer for Email {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
            Ok(Self {
                client_id: fields.take("client_id"),
                client_name: fields.take("client_name"),
                created_at: fields.take("created_at"),
                media: fields.take("media"),
                sales_associate_id: fields.take("sales_associate_id"),
                sales_associate_name: fields.take("sales_associate_name"),
                slice_id: fields.take("slice_id"),
                store_id: fields.take("store_id"),
                store_name: fields.take("store_name"),
                template_id: fields.take("template_id"),
                template_name: fields.take("template_name"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for Email {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected an object")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for Email {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("Email");
            if let Some(value) = self.client_id.is_some().then_some(&hidden) {
                shown.field("client_id", value);
            }
            if let Some(value) = self.client_name.is_some().then_some(&hidden) {
                shown.field("client_name", value);
            }
            if let Some(value) = self.created_at.is_some().then_some(&hidden) {
                shown.field("created_at", value);
            }
            if let Some(value) = self.media.is_some().then_some(&hidden) {
                shown.field("media", value);
            }
            if let Some(value) = self.sales_associate_id.is_some().then_some(&hidden) {
                shown.field("sales_associate_id", value);
            }
            if let Some(value) = self.sales_associate_name.is_some().then_some(&hidden) {
                shown.field("sales_associate_name", value);
            }
            if let Some(value) = self.slice_id.is_some().then_some(&hidden) {
                shown.field("slice_id", value);
            }
            if let Some(value) = self.store_id.is_some().then_some(&hidden) {
                shown.field("store_id", value);
            }
            if let Some(value) = self.store_name.is_some().then_some(&hidden) {
                shown.field("store_name", value);
            }
            if let Some(value) = self.template_id.is_some().then_some(&hidden) {
                shown.field("template_id", value);
            }
            if let Some(value) = self.template_name.is_some().then_some(&hidden) {
                shown.field("template_name", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for Email {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("client_id", &self.client_id)?;
            members.given("client_name", &self.client_name)?;
            members.given("created_at", &self.created_at)?;
            members.given("media", &self.media)?;
            members.given("sales_associate_id", &self.sales_associate_id)?;
            members.given("sales_associate_name", &self.sales_associate_name)?;
            members.given("slice_id", &self.slice_id)?;
            members.given("store_id", &self.store_id)?;
            members.given("store_name", &self.store_name)?;
            members.given("template_id", &self.template_id)?;
            members.given("template_name", &self.template_name)?;
            members.rest(&self.extra)?;
            members.end()
        }
    }
    impl crate::fields::Answer for Message {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
            Ok(Self {
                body: fields.take("body"),
                channel: fields.take("channel"),
                client_id: fields.take("client_id"),
                client_name: fields.take("client_name"),
                created_at: fields.take("created_at"),
                media: fields.take("media"),
                sales_associate_id: fields.take("sales_associate_id"),
                sales_associate_name: fields.take("sales_associate_name"),
                slice_id: fields.take("slice_id"),
                store_id: fields.take("store_id"),
                store_name: fields.take("store_name"),
                template_id: fields.take("template_id"),
                template_name: fields.take("template_name"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for Message {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected an object")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for Message {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("Message");
            if let Some(value) = self.body.is_some().then_some(&hidden) {
                shown.field("body", value);
            }
            if let Some(value) = self.channel.is_some().then_some(&hidden) {
                shown.field("channel", value);
            }
            if let Some(value) = self.client_id.is_some().then_some(&hidden) {
                shown.field("client_id", value);
            }
            if let Some(value) = self.client_name.is_some().then_some(&hidden) {
                shown.field("client_name", value);
            }
            if let Some(value) = self.created_at.is_some().then_some(&hidden) {
                shown.field("created_at", value);
            }
            if let Some(value) = self.media.is_some().then_some(&hidden) {
                shown.field("media", value);
            }
            if let Some(value) = self.sales_associate_id.is_some().then_some(&hidden) {
                shown.field("sales_associate_id", value);
            }
            if let Some(value) = self.sales_associate_name.is_some().then_some(&hidden) {
                shown.field("sales_associate_name", value);
            }
            if let Some(value) = self.slice_id.is_some().then_some(&hidden) {
                shown.field("slice_id", value);
            }
            if let Some(value) = self.store_id.is_some().then_some(&hidden) {
                shown.field("store_id", value);
            }
            if let Some(value) = self.store_name.is_some().then_some(&hidden) {
                shown.field("store_name", value);
            }
            if let Some(value) = self.template_id.is_some().then_some(&hidden) {
                shown.field("template_id", value);
            }
            if let Some(value) = self.template_name.is_some().then_some(&hidden) {
                shown.field("template_name", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for Message {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("body", &self.body)?;
            members.given("channel", &self.channel)?;
            members.given("client_id", &self.client_id)?;
            members.given("client_name", &self.client_name)?;
            members.given("created_at", &self.created_at)?;
            members.given("media", &self.media)?;
            members.given("sales_associate_id", &self.sales_associate_id)?;
            members.given("sales_associate_name", &self.sales_associate_name)?;
            members.given("slice_id", &self.slice_id)?;
            members.given("store_id", &self.store_id)?;
            members.given("store_name", &self.store_name)?;
            members.given("template_id", &self.template_id)?;
            members.given("template_name", &self.template_name)?;
            members.rest(&self.extra)?;
            members.end()
        }
    }
    impl crate::fields::Answer for Metafield {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
            let (Some(required_0),) = (fields.get("id"),) else {
                return Err(fields);
            };
            fields.remove("id");
            Ok(Self {
                created_at: fields.take("created_at"),
                id: required_0,
                is_list: fields.take("is_list"),
                json_value: fields.take("json_value"),
                key: fields.take("key"),
                namespace: fields.take("namespace"),
                updated_at: fields.take("updated_at"),
                value: fields.take("value"),
                value_type: fields.take("value_type"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for Metafield {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected `id` as described")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for Metafield {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("Metafield");
            if let Some(value) = self.created_at.is_some().then_some(&hidden) {
                shown.field("created_at", value);
            }
            if let Some(value) = Some(&hidden) {
                shown.field("id", value);
            }
            if let Some(value) = self.is_list.is_some().then_some(&hidden) {
                shown.field("is_list", value);
            }
            if let Some(value) = self.json_value.is_some().then_some(&hidden) {
                shown.field("json_value", value);
            }
            if let Some(value) = self.key.is_some().then_some(&hidden) {
                shown.field("key", value);
            }
            if let Some(value) = self.namespace.is_some().then_some(&hidden) {
                shown.field("namespace", value);
            }
            if let Some(value) = self.updated_at.is_some().then_some(&hidden) {
                shown.field("updated_at", value);
            }
            if let Some(value) = self.value.is_some().then_some(&hidden) {
                shown.field("value", value);
            }
            if let Some(value) = self.value_type.is_some().then_some(&hidden) {
                shown.field("value_type", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for Metafield {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("created_at", &self.created_at)?;
            members.always("id", &self.id)?;
            members.given("is_list", &self.is_list)?;
            members.given("json_value", &self.json_value)?;
            members.given("key", &self.key)?;
            members.given("namespace", &self.namespace)?;
            members.given("updated_at", &self.updated_at)?;
            members.given("value", &self.value)?;
            members.given("value_type", &self.value_type)?;
            members.rest(&self.extra)?;
            members.end()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for MetafieldInput {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::body(
                deserializer,
                |fields| {
                    let read = Self {
                        is_list: fields.required("is_list")?,
                        key: fields.required("key")?,
                        namespace: fields.required("namespace")?,
                        value: fields.required("value")?,
                        value_type: fields.required("value_type")?,
                    };
                    Ok(read)
                },
            )
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for MetafieldInput {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("MetafieldInput");
            if let Some(value) = Some(&hidden) {
                shown.field("is_list", value);
            }
            if let Some(value) = Some(&hidden) {
                shown.field("key", value);
            }
            if let Some(value) = Some(&hidden) {
                shown.field("namespace", value);
            }
            if let Some(value) = Some(&hidden) {
                shown.field("value", value);
            }
            if let Some(value) = Some(&hidden) {
                shown.field("value_type", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for MetafieldInput {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.always("is_list", &self.is_list)?;
            members.always("key", &self.key)?;
            members.always("namespace", &self.namespace)?;
            members.always("value", &self.value)?;
            members.always("value_type", &self.value_type)?;
            members.end()
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for MetafieldsBody<'_> {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("MetafieldsBody");
            if let Some(value) = Some(&hidden) {
                shown.field("metafields", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl<'a> ::serde::Serialize for MetafieldsBody<'a> {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.always("metafields", &self.metafields)?;
            members.end()
        }
    }
    impl crate::fields::Answer for Note {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
            Ok(Self {
                body: fields.take("body"),
                client_id: fields.take("client_id"),
                client_name: fields.take("client_name"),
                created_at: fields.take("created_at"),
                media: fields.take("media"),
                sales_associate_id: fields.take("sales_associate_id"),
                sales_associate_name: fields.take("sales_associate_name"),
                store_id: fields.take("store_id"),
                store_name: fields.take("store_name"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for Note {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected an object")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for Note {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("Note");
            if let Some(value) = self.body.is_some().then_some(&hidden) {
                shown.field("body", value);
            }
            if let Some(value) = self.client_id.is_some().then_some(&hidden) {
                shown.field("client_id", value);
            }
            if let Some(value) = self.client_name.is_some().then_some(&hidden) {
                shown.field("client_name", value);
            }
            if let Some(value) = self.created_at.is_some().then_some(&hidden) {
                shown.field("created_at", value);
            }
            if let Some(value) = self.media.is_some().then_some(&hidden) {
                shown.field("media", value);
            }
            if let Some(value) = self.sales_associate_id.is_some().then_some(&hidden) {
                shown.field("sales_associate_id", value);
            }
            if let Some(value) = self.sales_associate_name.is_some().then_some(&hidden) {
                shown.field("sales_associate_name", value);
            }
            if let Some(value) = self.store_id.is_some().then_some(&hidden) {
                shown.field("store_id", value);
            }
            if let Some(value) = self.store_name.is_some().then_some(&hidden) {
                shown.field("store_name", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for Note {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("body", &self.body)?;
            members.given("client_id", &self.client_id)?;
            members.given("client_name", &self.client_name)?;
            members.given("created_at", &self.created_at)?;
            members.given("media", &self.media)?;
            members.given("sales_associate_id", &self.sales_associate_id)?;
            members.given("sales_associate_name", &self.sales_associate_name)?;
            members.given("store_id", &self.store_id)?;
            members.given("store_name", &self.store_name)?;
            members.rest(&self.extra)?;
            members.end()
        }
    }
    /// Shows the type, never what it holds.
    impl ::std::fmt::Debug for ProfileType {
        #[inline]
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
    impl ::serde::Serialize for ProfileType {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }
    impl crate::fields::Answer for Reminder {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
            Ok(Self {
                body: fields.take("body"),
                client_id: fields.take("client_id"),
                client_name: fields.take("client_name"),
                created_at: fields.take("created_at"),
                ends_at: fields.take("ends_at"),
                is_done: fields.take("is_done"),
                is_done_at: fields.take("is_done_at"),
                notes: fields.take("notes"),
                sales_associate_id: fields.take("sales_associate_id"),
                sales_associate_name: fields.take("sales_associate_name"),
                starts_at: fields.take("starts_at"),
                store_id: fields.take("store_id"),
                store_name: fields.take("store_name"),
                title: fields.take("title"),
                updated_at: fields.take("updated_at"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for Reminder {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected an object")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for Reminder {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("Reminder");
            if let Some(value) = self.body.is_some().then_some(&hidden) {
                shown.field("body", value);
            }
            if let Some(value) = self.client_id.is_some().then_some(&hidden) {
                shown.field("client_id", value);
            }
            if let Some(value) = self.client_name.is_some().then_some(&hidden) {
                shown.field("client_name", value);
            }
            if let Some(value) = self.created_at.is_some().then_some(&hidden) {
                shown.field("created_at", value);
            }
            if let Some(value) = self.ends_at.is_some().then_some(&hidden) {
                shown.field("ends_at", value);
            }
            if let Some(value) = self.is_done.is_some().then_some(&hidden) {
                shown.field("is_done", value);
            }
            if let Some(value) = self.is_done_at.is_some().then_some(&hidden) {
                shown.field("is_done_at", value);
            }
            if let Some(value) = self.notes.is_some().then_some(&hidden) {
                shown.field("notes", value);
            }
            if let Some(value) = self.sales_associate_id.is_some().then_some(&hidden) {
                shown.field("sales_associate_id", value);
            }
            if let Some(value) = self.sales_associate_name.is_some().then_some(&hidden) {
                shown.field("sales_associate_name", value);
            }
            if let Some(value) = self.starts_at.is_some().then_some(&hidden) {
                shown.field("starts_at", value);
            }
            if let Some(value) = self.store_id.is_some().then_some(&hidden) {
                shown.field("store_id", value);
            }
            if let Some(value) = self.store_name.is_some().then_some(&hidden) {
                shown.field("store_name", value);
            }
            if let Some(value) = self.title.is_some().then_some(&hidden) {
                shown.field("title", value);
            }
            if let Some(value) = self.updated_at.is_some().then_some(&hidden) {
                shown.field("updated_at", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for Reminder {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("body", &self.body)?;
            members.given("client_id", &self.client_id)?;
            members.given("client_name", &self.client_name)?;
            members.given("created_at", &self.created_at)?;
            members.given("ends_at", &self.ends_at)?;
            members.given("is_done", &self.is_done)?;
            members.given("is_done_at", &self.is_done_at)?;
            members.given("notes", &self.notes)?;
            members.given("sales_associate_id", &self.sales_associate_id)?;
            members.given("sales_associate_name", &self.sales_associate_name)?;
            members.given("starts_at", &self.starts_at)?;
            members.given("store_id", &self.store_id)?;
            members.given("store_name", &self.store_name)?;
            members.given("title", &self.title)?;
            members.given("updated_at", &self.updated_at)?;
            members.rest(&self.extra)?;
            members.end()
        }
    }
    impl crate::fields::Answer for SalesAssociate {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
            Ok(Self {
                adyen_enabled: fields.take("adyen_enabled"),
                associate_id: fields.take("associate_id"),
                associate_id_2: fields.take("associate_id_2"),
                created_at: fields.take("created_at"),
                current_store_id: fields.take("current_store_id"),
                email: fields.take("email"),
                imessage_enabled: fields.take("imessage_enabled"),
                job_title: fields.take("job_title"),
                line_enabled: fields.take("line_enabled"),
                mobile_phone: fields.take("mobile_phone"),
                sales_associate_name: fields.take("sales_associate_name"),
                updated_at: fields.take("updated_at"),
                username: fields.take("username"),
                wechat_code: fields.take("wechat_code"),
                wechat_enabled: fields.take("wechat_enabled"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for SalesAssociate {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected an object")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for SalesAssociate {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("SalesAssociate");
            if let Some(value) = self.adyen_enabled.is_some().then_some(&hidden) {
                shown.field("adyen_enabled", value);
            }
            if let Some(value) = self.associate_id.is_some().then_some(&hidden) {
                shown.field("associate_id", value);
            }
            if let Some(value) = self.associate_id_2.is_some().then_some(&hidden) {
                shown.field("associate_id_2", value);
            }
            if let Some(value) = self.created_at.is_some().then_some(&hidden) {
                shown.field("created_at", value);
            }
            if let Some(value) = self.current_store_id.is_some().then_some(&hidden) {
                shown.field("current_store_id", value);
            }
            if let Some(value) = self.email.is_some().then_some(&hidden) {
                shown.field("email", value);
            }
            if let Some(value) = self.imessage_enabled.is_some().then_some(&hidden) {
                shown.field("imessage_enabled", value);
            }
            if let Some(value) = self.job_title.is_some().then_some(&hidden) {
                shown.field("job_title", value);
            }
            if let Some(value) = self.line_enabled.is_some().then_some(&hidden) {
                shown.field("line_enabled", value);
            }
            if let Some(value) = self.mobile_phone.is_some().then_some(&hidden) {
                shown.field("mobile_phone", value);
            }
            if let Some(value) = self.sales_associate_name.is_some().then_some(&hidden) {
                shown.field("sales_associate_name", value);
            }
            if let Some(value) = self.updated_at.is_some().then_some(&hidden) {
                shown.field("updated_at", value);
            }
            if let Some(value) = self.username.is_some().then_some(&hidden) {
                shown.field("username", value);
            }
            if let Some(value) = self.wechat_code.is_some().then_some(&hidden) {
                shown.field("wechat_code", value);
            }
            if let Some(value) = self.wechat_enabled.is_some().then_some(&hidden) {
                shown.field("wechat_enabled", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for SalesAssociate {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("adyen_enabled", &self.adyen_enabled)?;
            members.given("associate_id", &self.associate_id)?;
            members.given("associate_id_2", &self.associate_id_2)?;
            members.given("created_at", &self.created_at)?;
            members.given("current_store_id", &self.current_store_id)?;
            members.given("email", &self.email)?;
            members.given("imessage_enabled", &self.imessage_enabled)?;
            members.given("job_title", &self.job_title)?;
            members.given("line_enabled", &self.line_enabled)?;
            members.given("mobile_phone", &self.mobile_phone)?;
            members.given("sales_associate_name", &self.sales_associate_name)?;
            members.given("updated_at", &self.updated_at)?;
            members.given("username", &self.username)?;
            members.given("wechat_code", &self.wechat_code)?;
            members.given("wechat_enabled", &self.wechat_enabled)?;
            members.rest(&self.extra)?;
            members.end()
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
        #[inline]
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
    impl ::serde::Serialize for Shopper {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("address", &self.address)?;
            members.given("address_2", &self.address_2)?;
            members.given("address_3", &self.address_3)?;
            members.given("address_4", &self.address_4)?;
            members.given("alternate_first_name", &self.alternate_first_name)?;
            members.given("alternate_last_name", &self.alternate_last_name)?;
            members.given("barcode", &self.barcode)?;
            members.given("birthday", &self.birthday)?;
            members.given("chat_contact", &self.chat_contact)?;
            members.given("city", &self.city)?;
            members.given("country_code", &self.country_code)?;
            members.given("creation_date", &self.creation_date)?;
            members.given("do_not_contact", &self.do_not_contact)?;
            members.given("email", &self.email)?;
            members.given("email_contact", &self.email_contact)?;
            members.given("first_name", &self.first_name)?;
            members.given("gender", &self.gender)?;
            members.given("ignore_columns", &self.ignore_columns)?;
            members
                .given("interested_in_new_products", &self.interested_in_new_products)?;
            members.given("languages", &self.languages)?;
            members.given("last_name", &self.last_name)?;
            members.given("mobile_phone", &self.mobile_phone)?;
            members.given("nationality", &self.nationality)?;
            members.given("other_phone", &self.other_phone)?;
            members.given("passport_number", &self.passport_number)?;
            members.given("phone_call_contact", &self.phone_call_contact)?;
            members.given("preferences", &self.preferences)?;
            members.given("preferred_contact_channel", &self.preferred_contact_channel)?;
            members.given("profile_type", &self.profile_type)?;
            members.given("sales_associate_ref", &self.sales_associate_ref)?;
            members.given("segment", &self.segment)?;
            members.given("shopper_ref", &self.shopper_ref)?;
            members.given("state", &self.state)?;
            members.given("store_ref", &self.store_ref)?;
            members.given("zip_code", &self.zip_code)?;
            members.end()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for ShopperLink {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::body(
                deserializer,
                |fields| {
                    let read = Self {
                        shopper_ref: fields.required("shopper_ref")?,
                    };
                    Ok(read)
                },
            )
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for ShopperLink {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("ShopperLink");
            if let Some(value) = Some(&hidden) {
                shown.field("shopper_ref", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for ShopperLink {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.always("shopper_ref", &self.shopper_ref)?;
            members.end()
        }
    }
    impl crate::fields::Answer for Slice {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
            Ok(Self {
                body: fields.take("body"),
                created_at: fields.take("created_at"),
                created_by_sales_associate_id: fields
                    .take("created_by_sales_associate_id"),
                created_by_sales_associate_name: fields
                    .take("created_by_sales_associate_name"),
                item_ids: fields.take("item_ids"),
                store_id: fields.take("store_id"),
                store_name: fields.take("store_name"),
                title: fields.take("title"),
                updated_at: fields.take("updated_at"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for Slice {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected an object")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for Slice {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("Slice");
            if let Some(value) = self.body.is_some().then_some(&hidden) {
                shown.field("body", value);
            }
            if let Some(value) = self.created_at.is_some().then_some(&hidden) {
                shown.field("created_at", value);
            }
            if let Some(value) = self
                .created_by_sales_associate_id
                .is_some()
                .then_some(&hidden)
            {
                shown.field("created_by_sales_associate_id", value);
            }
            if let Some(value) = self
                .created_by_sales_associate_name
                .is_some()
                .then_some(&hidden)
            {
                shown.field("created_by_sales_associate_name", value);
            }
            if let Some(value) = self.item_ids.is_some().then_some(&hidden) {
                shown.field("item_ids", value);
            }
            if let Some(value) = self.store_id.is_some().then_some(&hidden) {
                shown.field("store_id", value);
            }
            if let Some(value) = self.store_name.is_some().then_some(&hidden) {
                shown.field("store_name", value);
            }
            if let Some(value) = self.title.is_some().then_some(&hidden) {
                shown.field("title", value);
            }
            if let Some(value) = self.updated_at.is_some().then_some(&hidden) {
                shown.field("updated_at", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for Slice {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("body", &self.body)?;
            members.given("created_at", &self.created_at)?;
            members
                .given(
                    "created_by_sales_associate_id",
                    &self.created_by_sales_associate_id,
                )?;
            members
                .given(
                    "created_by_sales_associate_name",
                    &self.created_by_sales_associate_name,
                )?;
            members.given("item_ids", &self.item_ids)?;
            members.given("store_id", &self.store_id)?;
            members.given("store_name", &self.store_name)?;
            members.given("title", &self.title)?;
            members.given("updated_at", &self.updated_at)?;
            members.rest(&self.extra)?;
            members.end()
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for UpsertBody<'_> {
        #[inline]
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
    impl<'a> ::serde::Serialize for UpsertBody<'a> {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("shopper", &self.shopper)?;
            members.end()
        }
    }
    impl crate::fields::Answer for Upserted {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
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
        #[inline]
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
    impl ::serde::Serialize for Upserted {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("created_at", &self.created_at)?;
            members.given("external_id", &self.external_id)?;
            members.always("id", &self.id)?;
            members.given("updated_at", &self.updated_at)?;
            members.given("warnings", &self.warnings)?;
            members.rest(&self.extra)?;
            members.end()
        }
    }
    impl crate::fields::Answer for WebhookEndpoint {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
            let (Some(required_0),) = (fields.get("id"),) else {
                return Err(fields);
            };
            fields.remove("id");
            Ok(Self {
                created_at: fields.take("created_at"),
                events: fields.take("events"),
                id: required_0,
                is_enabled: fields.take("is_enabled"),
                secret: fields.take("secret"),
                target_url: fields.take("target_url"),
                updated_at: fields.take("updated_at"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for WebhookEndpoint {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected `id` as described")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for WebhookEndpoint {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("WebhookEndpoint");
            if let Some(value) = self.created_at.is_some().then_some(&hidden) {
                shown.field("created_at", value);
            }
            if let Some(value) = self.events.is_some().then_some(&hidden) {
                shown.field("events", value);
            }
            if let Some(value) = Some(&hidden) {
                shown.field("id", value);
            }
            if let Some(value) = self.is_enabled.is_some().then_some(&hidden) {
                shown.field("is_enabled", value);
            }
            if let Some(value) = self.secret.is_some().then_some(&hidden) {
                shown.field("secret", value);
            }
            if let Some(value) = self.target_url.is_some().then_some(&hidden) {
                shown.field("target_url", value);
            }
            if let Some(value) = self.updated_at.is_some().then_some(&hidden) {
                shown.field("updated_at", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for WebhookEndpoint {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("created_at", &self.created_at)?;
            members.given("events", &self.events)?;
            members.always("id", &self.id)?;
            members.given("is_enabled", &self.is_enabled)?;
            members.given("secret", &self.secret)?;
            members.given("target_url", &self.target_url)?;
            members.given("updated_at", &self.updated_at)?;
            members.rest(&self.extra)?;
            members.end()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for WebhookEndpointInput {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::body(
                deserializer,
                |fields| {
                    let read = Self {
                        events: fields.required("events")?,
                        is_enabled: fields.required("is_enabled")?,
                        target_url: fields.required("target_url")?,
                    };
                    Ok(read)
                },
            )
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for WebhookEndpointInput {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("WebhookEndpointInput");
            if let Some(value) = Some(&hidden) {
                shown.field("events", value);
            }
            if let Some(value) = Some(&hidden) {
                shown.field("is_enabled", value);
            }
            if let Some(value) = Some(&hidden) {
                shown.field("target_url", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for WebhookEndpointInput {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.always("events", &self.events)?;
            members.always("is_enabled", &self.is_enabled)?;
            members.always("target_url", &self.target_url)?;
            members.end()
        }
    }
    impl crate::fields::Answer for WebhookShopper {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
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
            crate::fields::answer(deserializer, "expected an object")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for WebhookShopper {
        #[inline]
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
    impl ::serde::Serialize for WebhookShopper {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("addresses", &self.addresses)?;
            members.given("alternate_first_name", &self.alternate_first_name)?;
            members.given("alternate_last_name", &self.alternate_last_name)?;
            members.given("birthday", &self.birthday)?;
            members.given("communication_preferences", &self.communication_preferences)?;
            members.given("consent", &self.consent)?;
            members.given("current_sales_associate", &self.current_sales_associate)?;
            members.given("current_store", &self.current_store)?;
            members.given("email", &self.email)?;
            members.given("first_name", &self.first_name)?;
            members.given("gender", &self.gender)?;
            members.given("id", &self.id)?;
            members.given("interests", &self.interests)?;
            members.given("language", &self.language)?;
            members.given("last_name", &self.last_name)?;
            members.given("mobile_phone", &self.mobile_phone)?;
            members.given("nationality", &self.nationality)?;
            members.given("notify_of_new_collection", &self.notify_of_new_collection)?;
            members.given("other_phone", &self.other_phone)?;
            members.given("passport_number", &self.passport_number)?;
            members.given("preferences", &self.preferences)?;
            members.given("preferred_contact_channel", &self.preferred_contact_channel)?;
            members.given("preferred_journey", &self.preferred_journey)?;
            members.given("ref", &self.ref_)?;
            members.given("title", &self.title)?;
            members.rest(&self.extra)?;
            members.end()
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
    pub(crate) inner: crate::auth::Authorizer,
}
#[cfg(feature = "client")]
impl Client {
    /// Create a new client.
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new(baseurl: &str, inner: crate::auth::Authorizer) -> Self {
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
        inner: crate::auth::Authorizer,
    ) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
            inner,
        }
    }
}
#[cfg(feature = "client")]
impl ClientInfo<crate::auth::Authorizer> for Client {
    fn api_version() -> &'static str {
        "1.0.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &crate::auth::Authorizer {
        &self.inner
    }
}
#[cfg(feature = "client")]
const _: () = {
    #[allow(dead_code)]
    fn assert_client_hooks()
    where
        Client: ClientHooks<crate::auth::Authorizer>,
    {}
};
#[allow(clippy::all)]
#[cfg(feature = "client")]
impl Client {
    /// Lists appointments
    ///
    /// BSPK answers only allowed IP addresses. The order of the records is not documented.
    ///
    /// Sends a `GET` request to `/api/extraction/v1/appointments`
    ///
    /// Arguments:
    /// \- `client_ids`: The brand's ids of the clients. Not together with `sales_associate_ids`. How an id that holds a comma is written is not documented.
    /// \- `from`: The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.
    /// \- `page`: The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.
    /// \- `per_page`: The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.
    /// \- `sales_associate_ids`: The brand's ids of the sales associates. Not together with `client_ids`. How an id that holds a comma is written is not documented.
    /// \- `to`: The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.
    pub async fn list_appointments<'a>(
        &'a self,
        client_ids: Option<&'a crate::CommaList>,
        from: Option<&'a crate::bspk::Timestamp>,
        page: Option<i64>,
        per_page: Option<i64>,
        sales_associate_ids: Option<&'a crate::CommaList>,
        to: Option<&'a crate::bspk::Timestamp>,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self.inner.url("/api/extraction/v1/appointments");
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .query(&progenitor_client::QueryParam::new("client_ids", &client_ids))
            .query(&progenitor_client::QueryParam::new("from", &from))
            .query(&progenitor_client::QueryParam::new("page", &page))
            .query(&progenitor_client::QueryParam::new("per_page", &per_page))
            .query(
                &progenitor_client::QueryParam::new(
                    "sales_associate_ids",
                    &sales_associate_ids,
                ),
            )
            .query(&progenitor_client::QueryParam::new("to", &to))
            .build()?;
        let info = OperationInfo {
            operation_id: "list_appointments",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /// Lists calls
    ///
    /// BSPK answers only allowed IP addresses. The order of the records is not documented, but the oldest comes first in the example.
    ///
    /// Sends a `GET` request to `/api/extraction/v1/calls`
    ///
    /// Arguments:
    /// \- `client_ids`: The brand's ids of the clients. Not together with `sales_associate_ids`. How an id that holds a comma is written is not documented.
    /// \- `from`: The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.
    /// \- `page`: The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.
    /// \- `per_page`: The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.
    /// \- `sales_associate_ids`: The brand's ids of the sales associates. Not together with `client_ids`. How an id that holds a comma is written is not documented.
    /// \- `to`: The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.
    pub async fn list_calls<'a>(
        &'a self,
        client_ids: Option<&'a crate::CommaList>,
        from: Option<&'a crate::bspk::Timestamp>,
        page: Option<i64>,
        per_page: Option<i64>,
        sales_associate_ids: Option<&'a crate::CommaList>,
        to: Option<&'a crate::bspk::Timestamp>,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self.inner.url("/api/extraction/v1/calls");
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .query(&progenitor_client::QueryParam::new("client_ids", &client_ids))
            .query(&progenitor_client::QueryParam::new("from", &from))
            .query(&progenitor_client::QueryParam::new("page", &page))
            .query(&progenitor_client::QueryParam::new("per_page", &per_page))
            .query(
                &progenitor_client::QueryParam::new(
                    "sales_associate_ids",
                    &sales_associate_ids,
                ),
            )
            .query(&progenitor_client::QueryParam::new("to", &to))
            .build()?;
        let info = OperationInfo {
            operation_id: "list_calls",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /// Lists clients, which the Platform API calls shoppers
    ///
    /// BSPK answers only allowed IP addresses. The order of the records is not documented.
    ///
    /// Sends a `GET` request to `/api/extraction/v1/clients`
    ///
    /// Arguments:
    /// \- `client_ids`: The brand's ids of the clients. Not together with `sales_associate_ids`. How an id that holds a comma is written is not documented.
    /// \- `from`: The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.
    /// \- `page`: The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.
    /// \- `per_page`: The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.
    /// \- `sales_associate_ids`: The brand's ids of the sales associates. Not together with `client_ids`. How an id that holds a comma is written is not documented.
    /// \- `to`: The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.
    pub async fn list_clients<'a>(
        &'a self,
        client_ids: Option<&'a crate::CommaList>,
        from: Option<&'a crate::bspk::Timestamp>,
        page: Option<i64>,
        per_page: Option<i64>,
        sales_associate_ids: Option<&'a crate::CommaList>,
        to: Option<&'a crate::bspk::Timestamp>,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self.inner.url("/api/extraction/v1/clients");
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .query(&progenitor_client::QueryParam::new("client_ids", &client_ids))
            .query(&progenitor_client::QueryParam::new("from", &from))
            .query(&progenitor_client::QueryParam::new("page", &page))
            .query(&progenitor_client::QueryParam::new("per_page", &per_page))
            .query(
                &progenitor_client::QueryParam::new(
                    "sales_associate_ids",
                    &sales_associate_ids,
                ),
            )
            .query(&progenitor_client::QueryParam::new("to", &to))
            .build()?;
        let info = OperationInfo {
            operation_id: "list_clients",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /// Lists e-mails
    ///
    /// BSPK answers only allowed IP addresses. The order of the records is not documented.
    ///
    /// Sends a `GET` request to `/api/extraction/v1/emails`
    ///
    /// Arguments:
    /// \- `client_ids`: The brand's ids of the clients. Not together with `sales_associate_ids`. How an id that holds a comma is written is not documented.
    /// \- `from`: The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.
    /// \- `page`: The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.
    /// \- `per_page`: The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.
    /// \- `sales_associate_ids`: The brand's ids of the sales associates. Not together with `client_ids`. How an id that holds a comma is written is not documented.
    /// \- `to`: The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.
    pub async fn list_emails<'a>(
        &'a self,
        client_ids: Option<&'a crate::CommaList>,
        from: Option<&'a crate::bspk::Timestamp>,
        page: Option<i64>,
        per_page: Option<i64>,
        sales_associate_ids: Option<&'a crate::CommaList>,
        to: Option<&'a crate::bspk::Timestamp>,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self.inner.url("/api/extraction/v1/emails");
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .query(&progenitor_client::QueryParam::new("client_ids", &client_ids))
            .query(&progenitor_client::QueryParam::new("from", &from))
            .query(&progenitor_client::QueryParam::new("page", &page))
            .query(&progenitor_client::QueryParam::new("per_page", &per_page))
            .query(
                &progenitor_client::QueryParam::new(
                    "sales_associate_ids",
                    &sales_associate_ids,
                ),
            )
            .query(&progenitor_client::QueryParam::new("to", &to))
            .build()?;
        let info = OperationInfo {
            operation_id: "list_emails",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /// Lists messages
    ///
    /// BSPK answers only allowed IP addresses. The order of the records is not documented.
    ///
    /// Sends a `GET` request to `/api/extraction/v1/messages`
    ///
    /// Arguments:
    /// \- `client_ids`: The brand's ids of the clients. Not together with `sales_associate_ids`. How an id that holds a comma is written is not documented.
    /// \- `from`: The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.
    /// \- `page`: The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.
    /// \- `per_page`: The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.
    /// \- `sales_associate_ids`: The brand's ids of the sales associates. Not together with `client_ids`. How an id that holds a comma is written is not documented.
    /// \- `to`: The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.
    pub async fn list_messages<'a>(
        &'a self,
        client_ids: Option<&'a crate::CommaList>,
        from: Option<&'a crate::bspk::Timestamp>,
        page: Option<i64>,
        per_page: Option<i64>,
        sales_associate_ids: Option<&'a crate::CommaList>,
        to: Option<&'a crate::bspk::Timestamp>,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self.inner.url("/api/extraction/v1/messages");
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .query(&progenitor_client::QueryParam::new("client_ids", &client_ids))
            .query(&progenitor_client::QueryParam::new("from", &from))
            .query(&progenitor_client::QueryParam::new("page", &page))
            .query(&progenitor_client::QueryParam::new("per_page", &per_page))
            .query(
                &progenitor_client::QueryParam::new(
                    "sales_associate_ids",
                    &sales_associate_ids,
                ),
            )
            .query(&progenitor_client::QueryParam::new("to", &to))
            .build()?;
        let info = OperationInfo {
            operation_id: "list_messages",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /// Lists notes
    ///
    /// BSPK answers only allowed IP addresses. The order of the records is not documented.
    ///
    /// Sends a `GET` request to `/api/extraction/v1/notes`
    ///
    /// Arguments:
    /// \- `client_ids`: The brand's ids of the clients. Not together with `sales_associate_ids`. How an id that holds a comma is written is not documented.
    /// \- `from`: The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.
    /// \- `page`: The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.
    /// \- `per_page`: The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.
    /// \- `sales_associate_ids`: The brand's ids of the sales associates. Not together with `client_ids`. How an id that holds a comma is written is not documented.
    /// \- `to`: The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.
    pub async fn list_notes<'a>(
        &'a self,
        client_ids: Option<&'a crate::CommaList>,
        from: Option<&'a crate::bspk::Timestamp>,
        page: Option<i64>,
        per_page: Option<i64>,
        sales_associate_ids: Option<&'a crate::CommaList>,
        to: Option<&'a crate::bspk::Timestamp>,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self.inner.url("/api/extraction/v1/notes");
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .query(&progenitor_client::QueryParam::new("client_ids", &client_ids))
            .query(&progenitor_client::QueryParam::new("from", &from))
            .query(&progenitor_client::QueryParam::new("page", &page))
            .query(&progenitor_client::QueryParam::new("per_page", &per_page))
            .query(
                &progenitor_client::QueryParam::new(
                    "sales_associate_ids",
                    &sales_associate_ids,
                ),
            )
            .query(&progenitor_client::QueryParam::new("to", &to))
            .build()?;
        let info = OperationInfo {
            operation_id: "list_notes",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /// Lists reminders
    ///
    /// BSPK answers only allowed IP addresses. The order of the records is not documented.
    ///
    /// Sends a `GET` request to `/api/extraction/v1/reminders`
    ///
    /// Arguments:
    /// \- `client_ids`: The brand's ids of the clients. Not together with `sales_associate_ids`. How an id that holds a comma is written is not documented.
    /// \- `from`: The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.
    /// \- `page`: The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.
    /// \- `per_page`: The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.
    /// \- `sales_associate_ids`: The brand's ids of the sales associates. Not together with `client_ids`. How an id that holds a comma is written is not documented.
    /// \- `to`: The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.
    pub async fn list_reminders<'a>(
        &'a self,
        client_ids: Option<&'a crate::CommaList>,
        from: Option<&'a crate::bspk::Timestamp>,
        page: Option<i64>,
        per_page: Option<i64>,
        sales_associate_ids: Option<&'a crate::CommaList>,
        to: Option<&'a crate::bspk::Timestamp>,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self.inner.url("/api/extraction/v1/reminders");
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .query(&progenitor_client::QueryParam::new("client_ids", &client_ids))
            .query(&progenitor_client::QueryParam::new("from", &from))
            .query(&progenitor_client::QueryParam::new("page", &page))
            .query(&progenitor_client::QueryParam::new("per_page", &per_page))
            .query(
                &progenitor_client::QueryParam::new(
                    "sales_associate_ids",
                    &sales_associate_ids,
                ),
            )
            .query(&progenitor_client::QueryParam::new("to", &to))
            .build()?;
        let info = OperationInfo {
            operation_id: "list_reminders",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /// Lists sales associates
    ///
    /// BSPK answers only allowed IP addresses. The order of the records is not documented.
    ///
    /// Sends a `GET` request to `/api/extraction/v1/sales_associates`
    ///
    /// Arguments:
    /// \- `from`: The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.
    /// \- `page`: The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.
    /// \- `per_page`: The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.
    /// \- `sales_associate_ids`: The brand's ids of the sales associates. How an id that holds a comma is written is not documented.
    /// \- `to`: The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.
    pub async fn list_sales_associates<'a>(
        &'a self,
        from: Option<&'a crate::bspk::Timestamp>,
        page: Option<i64>,
        per_page: Option<i64>,
        sales_associate_ids: Option<&'a crate::CommaList>,
        to: Option<&'a crate::bspk::Timestamp>,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self.inner.url("/api/extraction/v1/sales_associates");
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .query(&progenitor_client::QueryParam::new("from", &from))
            .query(&progenitor_client::QueryParam::new("page", &page))
            .query(&progenitor_client::QueryParam::new("per_page", &per_page))
            .query(
                &progenitor_client::QueryParam::new(
                    "sales_associate_ids",
                    &sales_associate_ids,
                ),
            )
            .query(&progenitor_client::QueryParam::new("to", &to))
            .build()?;
        let info = OperationInfo {
            operation_id: "list_sales_associates",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /// Lists slices
    ///
    /// BSPK answers only allowed IP addresses. The order of the records is not documented.
    ///
    /// Sends a `GET` request to `/api/extraction/v1/slices`
    ///
    /// Arguments:
    /// \- `from`: The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.
    /// \- `page`: The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.
    /// \- `per_page`: The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.
    /// \- `sales_associate_ids`: The brand's ids of the sales associates. How an id that holds a comma is written is not documented.
    /// \- `to`: The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.
    pub async fn list_slices<'a>(
        &'a self,
        from: Option<&'a crate::bspk::Timestamp>,
        page: Option<i64>,
        per_page: Option<i64>,
        sales_associate_ids: Option<&'a crate::CommaList>,
        to: Option<&'a crate::bspk::Timestamp>,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self.inner.url("/api/extraction/v1/slices");
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .query(&progenitor_client::QueryParam::new("from", &from))
            .query(&progenitor_client::QueryParam::new("page", &page))
            .query(&progenitor_client::QueryParam::new("per_page", &per_page))
            .query(
                &progenitor_client::QueryParam::new(
                    "sales_associate_ids",
                    &sales_associate_ids,
                ),
            )
            .query(&progenitor_client::QueryParam::new("to", &to))
            .build()?;
        let info = OperationInfo {
            operation_id: "list_slices",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /// Creates a shopper, or updates the one with the same `shopper_ref`
    ///
    /// Without a `shopper_ref` every call makes a new shopper. BSPK stores a shopper that looks wrong; what looks wrong is in `warnings` of the answer.
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
            .header(::reqwest::header::CONTENT_TYPE, crate::auth::JSON)
            .body(crate::auth::json(&body).map_err(Error::InvalidRequest)?)
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
    /// Links a shopper to its record in the brand's own system
    ///
    /// Webhooks then name the shopper by this `shopper_ref`. What becomes of an earlier link of either side is not documented.
    ///
    /// Sends a `POST` request to `/api/platform/v1/shoppers/{id}/external_link`
    ///
    /// Arguments:
    /// \- `id`: BSPK's own id of the shopper.
    /// \- `body`
    pub async fn link_shopper<'a>(
        &'a self,
        id: i64,
        body: &'a types::ShopperLink,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self
            .inner
            .url(
                &format!(
                    "/api/platform/v1/shoppers/{}/external_link", encode_path(& id
                    .to_string())
                ),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(::reqwest::header::CONTENT_TYPE, crate::auth::JSON)
            .body(crate::auth::json(&body).map_err(Error::InvalidRequest)?)
            .build()?;
        let info = OperationInfo {
            operation_id: "link_shopper",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /// Lists the metafields of a shopper
    ///
    /// All of them come at once, as the vendor describes no paging.
    ///
    /// Sends a `GET` request to `/api/platform/v1/shoppers/{shopper_ref}/metafields`
    ///
    /// Arguments:
    /// \- `shopper_ref`: The brand's own id of the shopper.
    pub async fn list_metafields<'a>(
        &'a self,
        shopper_ref: &'a str,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self
            .inner
            .url(
                &format!(
                    "/api/platform/v1/shoppers/{}/metafields", encode_path(& shopper_ref
                    .to_string())
                ),
            );
        #[allow(unused_mut)]
        let mut request = self.client.get(url).build()?;
        let info = OperationInfo {
            operation_id: "list_metafields",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /// Creates or updates metafields of a shopper
    ///
    /// BSPK finds a metafield by its namespace and key. The answer is all metafields of the shopper; that those which are not named stay as they are, how many may be sent at once, and what becomes of the others if one is refused, is not documented.
    ///
    /// Sends a `PUT` request to `/api/platform/v1/shoppers/{shopper_ref}/metafields`
    ///
    /// Arguments:
    /// \- `shopper_ref`: The brand's own id of the shopper.
    /// \- `body`
    pub async fn upsert_metafields<'a>(
        &'a self,
        shopper_ref: &'a str,
        body: &'a types::MetafieldsBody<'a>,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self
            .inner
            .url(
                &format!(
                    "/api/platform/v1/shoppers/{}/metafields", encode_path(& shopper_ref
                    .to_string())
                ),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .put(url)
            .header(::reqwest::header::CONTENT_TYPE, crate::auth::JSON)
            .body(crate::auth::json(&body).map_err(Error::InvalidRequest)?)
            .build()?;
        let info = OperationInfo {
            operation_id: "upsert_metafields",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /// Lists the webhook endpoints
    ///
    /// All of them come at once, as the vendor describes no paging; in the examples the newest comes first (not documented). None shows its secret.
    ///
    /// Sends a `GET` request to `/api/platform/v1/webhook_endpoints`
    pub async fn list_webhook_endpoints<'a>(
        &'a self,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self.inner.url("/api/platform/v1/webhook_endpoints");
        #[allow(unused_mut)]
        let mut request = self.client.get(url).build()?;
        let info = OperationInfo {
            operation_id: "list_webhook_endpoints",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /// Creates a webhook endpoint
    ///
    /// The answer is the only one that ever has the secret. No operation is known that deletes an endpoint or gives it another secret, so sent twice it leaves two endpoints (not documented), and if the answer is lost, so is the secret.
    ///
    /// Sends a `POST` request to `/api/platform/v1/webhook_endpoints`
    pub async fn create_webhook_endpoint<'a>(
        &'a self,
        body: &'a types::WebhookEndpointInput,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self.inner.url("/api/platform/v1/webhook_endpoints");
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(::reqwest::header::CONTENT_TYPE, crate::auth::JSON)
            .body(crate::auth::json(&body).map_err(Error::InvalidRequest)?)
            .build()?;
        let info = OperationInfo {
            operation_id: "create_webhook_endpoint",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /// Changes a webhook endpoint
    ///
    /// Sends a `PATCH` request to `/api/platform/v1/webhook_endpoints/{id}`
    ///
    /// Arguments:
    /// \- `id`: The id of the webhook endpoint. The page has a string here, and an integer in each answer.
    /// \- `body`
    pub async fn update_webhook_endpoint<'a>(
        &'a self,
        id: i64,
        body: &'a types::WebhookEndpointInput,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self
            .inner
            .url(
                &format!(
                    "/api/platform/v1/webhook_endpoints/{}", encode_path(& id
                    .to_string())
                ),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .patch(url)
            .header(::reqwest::header::CONTENT_TYPE, crate::auth::JSON)
            .body(crate::auth::json(&body).map_err(Error::InvalidRequest)?)
            .build()?;
        let info = OperationInfo {
            operation_id: "update_webhook_endpoint",
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
/// The paths of writes that are the same for every call.
#[cfg(feature = "client")]
pub(crate) const PATHS: &[&str] = &[
    "/api/platform/v1/shoppers",
    "/api/platform/v1/webhook_endpoints",
];
#[cfg(feature = "client")]
pub(crate) const LIST_APPOINTMENTS: crate::Operation = crate::Operation {
    vendor: "bspk",
    name: "list_appointments",
    method: "GET",
    path: "/api/extraction/v1/appointments",
    effect: crate::Effect::Read,
    idempotency: crate::Idempotency::Always,
    summary: "Lists appointments",
    description: "BSPK answers only allowed IP addresses. The order of the records is not documented.",
    document: "specs/bspk/list_appointments.yaml",
    parameters: &[
        crate::Parameter {
            name: "client_ids",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::List,
            values: &[],
            excludes: &["sales_associate_ids"],
            description: "The brand's ids of the clients. Not together with `sales_associate_ids`. How an id that holds a comma is written is not documented.",
        },
        crate::Parameter {
            name: "sales_associate_ids",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::List,
            values: &[],
            excludes: &["client_ids"],
            description: "The brand's ids of the sales associates. Not together with `client_ids`. How an id that holds a comma is written is not documented.",
        },
        crate::Parameter {
            name: "from",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.",
        },
        crate::Parameter {
            name: "to",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.",
        },
        crate::Parameter {
            name: "page",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.",
        },
        crate::Parameter {
            name: "per_page",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.",
        },
    ],
    body: None,
    is_paged: true,
};
/// The optional parameters of [`list_appointments`](super::Client::list_appointments). All that is `None` is not sent.
#[cfg(feature = "client")]
#[derive(Clone, Default, PartialEq)]
pub struct ListAppointments {
    /// At most one of `client_ids`, `sales_associate_ids`, as they exclude each other.
    pub records_of: ::std::option::Option<RecordsOf>,
    /// The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.
    pub from: ::std::option::Option<crate::bspk::Timestamp>,
    /// The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.
    pub page: ::std::option::Option<i64>,
    /// The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.
    pub per_page: ::std::option::Option<i64>,
    /// The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.
    pub to: ::std::option::Option<crate::bspk::Timestamp>,
}
/// Shows which fields are set, and never what they hold.
#[cfg(feature = "client")]
impl ::std::fmt::Debug for ListAppointments {
    #[inline]
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        #[allow(unused_variables)]
        let hidden = ::std::format_args!("..");
        let mut shown = f.debug_struct("ListAppointments");
        if let Some(value) = self.records_of.is_some().then_some(&hidden) {
            shown.field("records_of", value);
        }
        if let Some(value) = self.from.is_some().then_some(&hidden) {
            shown.field("from", value);
        }
        if let Some(value) = self.page.is_some().then_some(&hidden) {
            shown.field("page", value);
        }
        if let Some(value) = self.per_page.is_some().then_some(&hidden) {
            shown.field("per_page", value);
        }
        if let Some(value) = self.to.is_some().then_some(&hidden) {
            shown.field("to", value);
        }
        shown.finish_non_exhaustive()
    }
}
#[cfg(feature = "client")]
pub(crate) const LIST_CALLS: crate::Operation = crate::Operation {
    vendor: "bspk",
    name: "list_calls",
    method: "GET",
    path: "/api/extraction/v1/calls",
    effect: crate::Effect::Read,
    idempotency: crate::Idempotency::Always,
    summary: "Lists calls",
    description: "BSPK answers only allowed IP addresses. The order of the records is not documented, but the oldest comes first in the example.",
    document: "specs/bspk/list_calls.yaml",
    parameters: &[
        crate::Parameter {
            name: "client_ids",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::List,
            values: &[],
            excludes: &["sales_associate_ids"],
            description: "The brand's ids of the clients. Not together with `sales_associate_ids`. How an id that holds a comma is written is not documented.",
        },
        crate::Parameter {
            name: "sales_associate_ids",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::List,
            values: &[],
            excludes: &["client_ids"],
            description: "The brand's ids of the sales associates. Not together with `client_ids`. How an id that holds a comma is written is not documented.",
        },
        crate::Parameter {
            name: "from",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.",
        },
        crate::Parameter {
            name: "to",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.",
        },
        crate::Parameter {
            name: "page",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.",
        },
        crate::Parameter {
            name: "per_page",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.",
        },
    ],
    body: None,
    is_paged: true,
};
/// The optional parameters of [`list_calls`](super::Client::list_calls). All that is `None` is not sent.
#[cfg(feature = "client")]
#[derive(Clone, Default, PartialEq)]
pub struct ListCalls {
    /// At most one of `client_ids`, `sales_associate_ids`, as they exclude each other.
    pub records_of: ::std::option::Option<RecordsOf>,
    /// The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.
    pub from: ::std::option::Option<crate::bspk::Timestamp>,
    /// The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.
    pub page: ::std::option::Option<i64>,
    /// The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.
    pub per_page: ::std::option::Option<i64>,
    /// The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.
    pub to: ::std::option::Option<crate::bspk::Timestamp>,
}
/// Shows which fields are set, and never what they hold.
#[cfg(feature = "client")]
impl ::std::fmt::Debug for ListCalls {
    #[inline]
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        #[allow(unused_variables)]
        let hidden = ::std::format_args!("..");
        let mut shown = f.debug_struct("ListCalls");
        if let Some(value) = self.records_of.is_some().then_some(&hidden) {
            shown.field("records_of", value);
        }
        if let Some(value) = self.from.is_some().then_some(&hidden) {
            shown.field("from", value);
        }
        if let Some(value) = self.page.is_some().then_some(&hidden) {
            shown.field("page", value);
        }
        if let Some(value) = self.per_page.is_some().then_some(&hidden) {
            shown.field("per_page", value);
        }
        if let Some(value) = self.to.is_some().then_some(&hidden) {
            shown.field("to", value);
        }
        shown.finish_non_exhaustive()
    }
}
#[cfg(feature = "client")]
pub(crate) const LIST_CLIENTS: crate::Operation = crate::Operation {
    vendor: "bspk",
    name: "list_clients",
    method: "GET",
    path: "/api/extraction/v1/clients",
    effect: crate::Effect::Read,
    idempotency: crate::Idempotency::Always,
    summary: "Lists clients, which the Platform API calls shoppers",
    description: "BSPK answers only allowed IP addresses. The order of the records is not documented.",
    document: "specs/bspk/list_clients.yaml",
    parameters: &[
        crate::Parameter {
            name: "client_ids",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::List,
            values: &[],
            excludes: &["sales_associate_ids"],
            description: "The brand's ids of the clients. Not together with `sales_associate_ids`. How an id that holds a comma is written is not documented.",
        },
        crate::Parameter {
            name: "sales_associate_ids",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::List,
            values: &[],
            excludes: &["client_ids"],
            description: "The brand's ids of the sales associates. Not together with `client_ids`. How an id that holds a comma is written is not documented.",
        },
        crate::Parameter {
            name: "from",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.",
        },
        crate::Parameter {
            name: "to",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.",
        },
        crate::Parameter {
            name: "page",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.",
        },
        crate::Parameter {
            name: "per_page",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.",
        },
    ],
    body: None,
    is_paged: true,
};
/// The optional parameters of [`list_clients`](super::Client::list_clients). All that is `None` is not sent.
#[cfg(feature = "client")]
#[derive(Clone, Default, PartialEq)]
pub struct ListClients {
    /// At most one of `client_ids`, `sales_associate_ids`, as they exclude each other.
    pub records_of: ::std::option::Option<RecordsOf>,
    /// The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.
    pub from: ::std::option::Option<crate::bspk::Timestamp>,
    /// The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.
    pub page: ::std::option::Option<i64>,
    /// The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.
    pub per_page: ::std::option::Option<i64>,
    /// The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.
    pub to: ::std::option::Option<crate::bspk::Timestamp>,
}
/// Shows which fields are set, and never what they hold.
#[cfg(feature = "client")]
impl ::std::fmt::Debug for ListClients {
    #[inline]
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        #[allow(unused_variables)]
        let hidden = ::std::format_args!("..");
        let mut shown = f.debug_struct("ListClients");
        if let Some(value) = self.records_of.is_some().then_some(&hidden) {
            shown.field("records_of", value);
        }
        if let Some(value) = self.from.is_some().then_some(&hidden) {
            shown.field("from", value);
        }
        if let Some(value) = self.page.is_some().then_some(&hidden) {
            shown.field("page", value);
        }
        if let Some(value) = self.per_page.is_some().then_some(&hidden) {
            shown.field("per_page", value);
        }
        if let Some(value) = self.to.is_some().then_some(&hidden) {
            shown.field("to", value);
        }
        shown.finish_non_exhaustive()
    }
}
#[cfg(feature = "client")]
pub(crate) const LIST_EMAILS: crate::Operation = crate::Operation {
    vendor: "bspk",
    name: "list_emails",
    method: "GET",
    path: "/api/extraction/v1/emails",
    effect: crate::Effect::Read,
    idempotency: crate::Idempotency::Always,
    summary: "Lists e-mails",
    description: "BSPK answers only allowed IP addresses. The order of the records is not documented.",
    document: "specs/bspk/list_emails.yaml",
    parameters: &[
        crate::Parameter {
            name: "client_ids",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::List,
            values: &[],
            excludes: &["sales_associate_ids"],
            description: "The brand's ids of the clients. Not together with `sales_associate_ids`. How an id that holds a comma is written is not documented.",
        },
        crate::Parameter {
            name: "sales_associate_ids",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::List,
            values: &[],
            excludes: &["client_ids"],
            description: "The brand's ids of the sales associates. Not together with `client_ids`. How an id that holds a comma is written is not documented.",
        },
        crate::Parameter {
            name: "from",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.",
        },
        crate::Parameter {
            name: "to",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.",
        },
        crate::Parameter {
            name: "page",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.",
        },
        crate::Parameter {
            name: "per_page",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.",
        },
    ],
    body: None,
    is_paged: true,
};
/// The optional parameters of [`list_emails`](super::Client::list_emails). All that is `None` is not sent.
#[cfg(feature = "client")]
#[derive(Clone, Default, PartialEq)]
pub struct ListEmails {
    /// At most one of `client_ids`, `sales_associate_ids`, as they exclude each other.
    pub records_of: ::std::option::Option<RecordsOf>,
    /// The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.
    pub from: ::std::option::Option<crate::bspk::Timestamp>,
    /// The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.
    pub page: ::std::option::Option<i64>,
    /// The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.
    pub per_page: ::std::option::Option<i64>,
    /// The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.
    pub to: ::std::option::Option<crate::bspk::Timestamp>,
}
/// Shows which fields are set, and never what they hold.
#[cfg(feature = "client")]
impl ::std::fmt::Debug for ListEmails {
    #[inline]
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        #[allow(unused_variables)]
        let hidden = ::std::format_args!("..");
        let mut shown = f.debug_struct("ListEmails");
        if let Some(value) = self.records_of.is_some().then_some(&hidden) {
            shown.field("records_of", value);
        }
        if let Some(value) = self.from.is_some().then_some(&hidden) {
            shown.field("from", value);
        }
        if let Some(value) = self.page.is_some().then_some(&hidden) {
            shown.field("page", value);
        }
        if let Some(value) = self.per_page.is_some().then_some(&hidden) {
            shown.field("per_page", value);
        }
        if let Some(value) = self.to.is_some().then_some(&hidden) {
            shown.field("to", value);
        }
        shown.finish_non_exhaustive()
    }
}
#[cfg(feature = "client")]
pub(crate) const LIST_MESSAGES: crate::Operation = crate::Operation {
    vendor: "bspk",
    name: "list_messages",
    method: "GET",
    path: "/api/extraction/v1/messages",
    effect: crate::Effect::Read,
    idempotency: crate::Idempotency::Always,
    summary: "Lists messages",
    description: "BSPK answers only allowed IP addresses. The order of the records is not documented.",
    document: "specs/bspk/list_messages.yaml",
    parameters: &[
        crate::Parameter {
            name: "client_ids",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::List,
            values: &[],
            excludes: &["sales_associate_ids"],
            description: "The brand's ids of the clients. Not together with `sales_associate_ids`. How an id that holds a comma is written is not documented.",
        },
        crate::Parameter {
            name: "sales_associate_ids",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::List,
            values: &[],
            excludes: &["client_ids"],
            description: "The brand's ids of the sales associates. Not together with `client_ids`. How an id that holds a comma is written is not documented.",
        },
        crate::Parameter {
            name: "from",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.",
        },
        crate::Parameter {
            name: "to",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.",
        },
        crate::Parameter {
            name: "page",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.",
        },
        crate::Parameter {
            name: "per_page",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.",
        },
    ],
    body: None,
    is_paged: true,
};
/// The optional parameters of [`list_messages`](super::Client::list_messages). All that is `None` is not sent.
#[cfg(feature = "client")]
#[derive(Clone, Default, PartialEq)]
pub struct ListMessages {
    /// At most one of `client_ids`, `sales_associate_ids`, as they exclude each other.
    pub records_of: ::std::option::Option<RecordsOf>,
    /// The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.
    pub from: ::std::option::Option<crate::bspk::Timestamp>,
    /// The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.
    pub page: ::std::option::Option<i64>,
    /// The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.
    pub per_page: ::std::option::Option<i64>,
    /// The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.
    pub to: ::std::option::Option<crate::bspk::Timestamp>,
}
/// Shows which fields are set, and never what they hold.
#[cfg(feature = "client")]
impl ::std::fmt::Debug for ListMessages {
    #[inline]
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        #[allow(unused_variables)]
        let hidden = ::std::format_args!("..");
        let mut shown = f.debug_struct("ListMessages");
        if let Some(value) = self.records_of.is_some().then_some(&hidden) {
            shown.field("records_of", value);
        }
        if let Some(value) = self.from.is_some().then_some(&hidden) {
            shown.field("from", value);
        }
        if let Some(value) = self.page.is_some().then_some(&hidden) {
            shown.field("page", value);
        }
        if let Some(value) = self.per_page.is_some().then_some(&hidden) {
            shown.field("per_page", value);
        }
        if let Some(value) = self.to.is_some().then_some(&hidden) {
            shown.field("to", value);
        }
        shown.finish_non_exhaustive()
    }
}
#[cfg(feature = "client")]
pub(crate) const LIST_NOTES: crate::Operation = crate::Operation {
    vendor: "bspk",
    name: "list_notes",
    method: "GET",
    path: "/api/extraction/v1/notes",
    effect: crate::Effect::Read,
    idempotency: crate::Idempotency::Always,
    summary: "Lists notes",
    description: "BSPK answers only allowed IP addresses. The order of the records is not documented.",
    document: "specs/bspk/list_notes.yaml",
    parameters: &[
        crate::Parameter {
            name: "client_ids",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::List,
            values: &[],
            excludes: &["sales_associate_ids"],
            description: "The brand's ids of the clients. Not together with `sales_associate_ids`. How an id that holds a comma is written is not documented.",
        },
        crate::Parameter {
            name: "sales_associate_ids",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::List,
            values: &[],
            excludes: &["client_ids"],
            description: "The brand's ids of the sales associates. Not together with `client_ids`. How an id that holds a comma is written is not documented.",
        },
        crate::Parameter {
            name: "from",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.",
        },
        crate::Parameter {
            name: "to",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.",
        },
        crate::Parameter {
            name: "page",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.",
        },
        crate::Parameter {
            name: "per_page",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.",
        },
    ],
    body: None,
    is_paged: true,
};
/// The optional parameters of [`list_notes`](super::Client::list_notes). All that is `None` is not sent.
#[cfg(feature = "client")]
#[derive(Clone, Default, PartialEq)]
pub struct ListNotes {
    /// At most one of `client_ids`, `sales_associate_ids`, as they exclude each other.
    pub records_of: ::std::option::Option<RecordsOf>,
    /// The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.
    pub from: ::std::option::Option<crate::bspk::Timestamp>,
    /// The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.
    pub page: ::std::option::Option<i64>,
    /// The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.
    pub per_page: ::std::option::Option<i64>,
    /// The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.
    pub to: ::std::option::Option<crate::bspk::Timestamp>,
}
/// Shows which fields are set, and never what they hold.
#[cfg(feature = "client")]
impl ::std::fmt::Debug for ListNotes {
    #[inline]
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        #[allow(unused_variables)]
        let hidden = ::std::format_args!("..");
        let mut shown = f.debug_struct("ListNotes");
        if let Some(value) = self.records_of.is_some().then_some(&hidden) {
            shown.field("records_of", value);
        }
        if let Some(value) = self.from.is_some().then_some(&hidden) {
            shown.field("from", value);
        }
        if let Some(value) = self.page.is_some().then_some(&hidden) {
            shown.field("page", value);
        }
        if let Some(value) = self.per_page.is_some().then_some(&hidden) {
            shown.field("per_page", value);
        }
        if let Some(value) = self.to.is_some().then_some(&hidden) {
            shown.field("to", value);
        }
        shown.finish_non_exhaustive()
    }
}
#[cfg(feature = "client")]
pub(crate) const LIST_REMINDERS: crate::Operation = crate::Operation {
    vendor: "bspk",
    name: "list_reminders",
    method: "GET",
    path: "/api/extraction/v1/reminders",
    effect: crate::Effect::Read,
    idempotency: crate::Idempotency::Always,
    summary: "Lists reminders",
    description: "BSPK answers only allowed IP addresses. The order of the records is not documented.",
    document: "specs/bspk/list_reminders.yaml",
    parameters: &[
        crate::Parameter {
            name: "client_ids",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::List,
            values: &[],
            excludes: &["sales_associate_ids"],
            description: "The brand's ids of the clients. Not together with `sales_associate_ids`. How an id that holds a comma is written is not documented.",
        },
        crate::Parameter {
            name: "sales_associate_ids",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::List,
            values: &[],
            excludes: &["client_ids"],
            description: "The brand's ids of the sales associates. Not together with `client_ids`. How an id that holds a comma is written is not documented.",
        },
        crate::Parameter {
            name: "from",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.",
        },
        crate::Parameter {
            name: "to",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.",
        },
        crate::Parameter {
            name: "page",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.",
        },
        crate::Parameter {
            name: "per_page",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.",
        },
    ],
    body: None,
    is_paged: true,
};
/// The optional parameters of [`list_reminders`](super::Client::list_reminders). All that is `None` is not sent.
#[cfg(feature = "client")]
#[derive(Clone, Default, PartialEq)]
pub struct ListReminders {
    /// At most one of `client_ids`, `sales_associate_ids`, as they exclude each other.
    pub records_of: ::std::option::Option<RecordsOf>,
    /// The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.
    pub from: ::std::option::Option<crate::bspk::Timestamp>,
    /// The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.
    pub page: ::std::option::Option<i64>,
    /// The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.
    pub per_page: ::std::option::Option<i64>,
    /// The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.
    pub to: ::std::option::Option<crate::bspk::Timestamp>,
}
/// Shows which fields are set, and never what they hold.
#[cfg(feature = "client")]
impl ::std::fmt::Debug for ListReminders {
    #[inline]
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        #[allow(unused_variables)]
        let hidden = ::std::format_args!("..");
        let mut shown = f.debug_struct("ListReminders");
        if let Some(value) = self.records_of.is_some().then_some(&hidden) {
            shown.field("records_of", value);
        }
        if let Some(value) = self.from.is_some().then_some(&hidden) {
            shown.field("from", value);
        }
        if let Some(value) = self.page.is_some().then_some(&hidden) {
            shown.field("page", value);
        }
        if let Some(value) = self.per_page.is_some().then_some(&hidden) {
            shown.field("per_page", value);
        }
        if let Some(value) = self.to.is_some().then_some(&hidden) {
            shown.field("to", value);
        }
        shown.finish_non_exhaustive()
    }
}
#[cfg(feature = "client")]
pub(crate) const LIST_SALES_ASSOCIATES: crate::Operation = crate::Operation {
    vendor: "bspk",
    name: "list_sales_associates",
    method: "GET",
    path: "/api/extraction/v1/sales_associates",
    effect: crate::Effect::Read,
    idempotency: crate::Idempotency::Always,
    summary: "Lists sales associates",
    description: "BSPK answers only allowed IP addresses. The order of the records is not documented.",
    document: "specs/bspk/list_sales_associates.yaml",
    parameters: &[
        crate::Parameter {
            name: "sales_associate_ids",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::List,
            values: &[],
            excludes: &[],
            description: "The brand's ids of the sales associates. How an id that holds a comma is written is not documented.",
        },
        crate::Parameter {
            name: "from",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.",
        },
        crate::Parameter {
            name: "to",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.",
        },
        crate::Parameter {
            name: "page",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.",
        },
        crate::Parameter {
            name: "per_page",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.",
        },
    ],
    body: None,
    is_paged: true,
};
/// The optional parameters of [`list_sales_associates`](super::Client::list_sales_associates). All that is `None` is not sent.
#[cfg(feature = "client")]
#[derive(Clone, Default, PartialEq)]
pub struct ListSalesAssociates {
    /// The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.
    pub from: ::std::option::Option<crate::bspk::Timestamp>,
    /// The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.
    pub page: ::std::option::Option<i64>,
    /// The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.
    pub per_page: ::std::option::Option<i64>,
    /// The brand's ids of the sales associates. How an id that holds a comma is written is not documented.
    pub sales_associate_ids: ::std::option::Option<crate::CommaList>,
    /// The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.
    pub to: ::std::option::Option<crate::bspk::Timestamp>,
}
/// Shows which fields are set, and never what they hold.
#[cfg(feature = "client")]
impl ::std::fmt::Debug for ListSalesAssociates {
    #[inline]
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        #[allow(unused_variables)]
        let hidden = ::std::format_args!("..");
        let mut shown = f.debug_struct("ListSalesAssociates");
        if let Some(value) = self.from.is_some().then_some(&hidden) {
            shown.field("from", value);
        }
        if let Some(value) = self.page.is_some().then_some(&hidden) {
            shown.field("page", value);
        }
        if let Some(value) = self.per_page.is_some().then_some(&hidden) {
            shown.field("per_page", value);
        }
        if let Some(value) = self.sales_associate_ids.is_some().then_some(&hidden) {
            shown.field("sales_associate_ids", value);
        }
        if let Some(value) = self.to.is_some().then_some(&hidden) {
            shown.field("to", value);
        }
        shown.finish_non_exhaustive()
    }
}
#[cfg(feature = "client")]
pub(crate) const LIST_SLICES: crate::Operation = crate::Operation {
    vendor: "bspk",
    name: "list_slices",
    method: "GET",
    path: "/api/extraction/v1/slices",
    effect: crate::Effect::Read,
    idempotency: crate::Idempotency::Always,
    summary: "Lists slices",
    description: "BSPK answers only allowed IP addresses. The order of the records is not documented.",
    document: "specs/bspk/list_slices.yaml",
    parameters: &[
        crate::Parameter {
            name: "sales_associate_ids",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::List,
            values: &[],
            excludes: &[],
            description: "The brand's ids of the sales associates. How an id that holds a comma is written is not documented.",
        },
        crate::Parameter {
            name: "from",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.",
        },
        crate::Parameter {
            name: "to",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.",
        },
        crate::Parameter {
            name: "page",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.",
        },
        crate::Parameter {
            name: "per_page",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.",
        },
    ],
    body: None,
    is_paged: true,
};
/// The optional parameters of [`list_slices`](super::Client::list_slices). All that is `None` is not sent.
#[cfg(feature = "client")]
#[derive(Clone, Default, PartialEq)]
pub struct ListSlices {
    /// The first moment of a range of time, in whole seconds with a Z. The range is of the time of creation by the introduction of the pages, and of the time of the last change by the text of each list.
    pub from: ::std::option::Option<crate::bspk::Timestamp>,
    /// The number of the page, from 1. BSPK asks to follow the address in the header Link to the next page, and not to count. The vendor's type is a string.
    pub page: ::std::option::Option<i64>,
    /// The number of records on a page, at most 100. The default is 30 by the page; both examples of the vendor fit 100. That the address in Link repeats it is not documented. The vendor's type is a string.
    pub per_page: ::std::option::Option<i64>,
    /// The brand's ids of the sales associates. How an id that holds a comma is written is not documented.
    pub sales_associate_ids: ::std::option::Option<crate::CommaList>,
    /// The last moment of a range of time, in whole seconds with a Z. It is described only together with `from`.
    pub to: ::std::option::Option<crate::bspk::Timestamp>,
}
/// Shows which fields are set, and never what they hold.
#[cfg(feature = "client")]
impl ::std::fmt::Debug for ListSlices {
    #[inline]
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        #[allow(unused_variables)]
        let hidden = ::std::format_args!("..");
        let mut shown = f.debug_struct("ListSlices");
        if let Some(value) = self.from.is_some().then_some(&hidden) {
            shown.field("from", value);
        }
        if let Some(value) = self.page.is_some().then_some(&hidden) {
            shown.field("page", value);
        }
        if let Some(value) = self.per_page.is_some().then_some(&hidden) {
            shown.field("per_page", value);
        }
        if let Some(value) = self.sales_associate_ids.is_some().then_some(&hidden) {
            shown.field("sales_associate_ids", value);
        }
        if let Some(value) = self.to.is_some().then_some(&hidden) {
            shown.field("to", value);
        }
        shown.finish_non_exhaustive()
    }
}
#[cfg(feature = "client")]
pub(crate) const UPSERT_SHOPPER: crate::Operation = crate::Operation {
    vendor: "bspk",
    name: "upsert_shopper",
    method: "POST",
    path: "/api/platform/v1/shoppers",
    effect: crate::Effect::Write,
    idempotency: crate::Idempotency::With("shopper_ref"),
    summary: "Creates a shopper, or updates the one with the same `shopper_ref`",
    description: "Without a `shopper_ref` every call makes a new shopper. BSPK stores a shopper that looks wrong; what looks wrong is in `warnings` of the answer.",
    document: "specs/bspk/upsert_shopper.yaml",
    parameters: &[],
    body: Some(crate::RequestBody {
        envelope: Some("shopper"),
    }),
    is_paged: false,
};
#[cfg(feature = "client")]
pub(crate) const LINK_SHOPPER: crate::Operation = crate::Operation {
    vendor: "bspk",
    name: "link_shopper",
    method: "POST",
    path: "/api/platform/v1/shoppers/{id}/external_link",
    effect: crate::Effect::Write,
    idempotency: crate::Idempotency::Always,
    summary: "Links a shopper to its record in the brand's own system",
    description: "Webhooks then name the shopper by this `shopper_ref`. What becomes of an earlier link of either side is not documented.",
    document: "specs/bspk/link_shopper.yaml",
    parameters: &[
        crate::Parameter {
            name: "id",
            location: crate::ParameterLocation::Path,
            is_required: true,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "BSPK's own id of the shopper.",
        },
    ],
    body: Some(crate::RequestBody {
        envelope: None,
    }),
    is_paged: false,
};
#[cfg(feature = "client")]
pub(crate) const LIST_METAFIELDS: crate::Operation = crate::Operation {
    vendor: "bspk",
    name: "list_metafields",
    method: "GET",
    path: "/api/platform/v1/shoppers/{shopper_ref}/metafields",
    effect: crate::Effect::Read,
    idempotency: crate::Idempotency::Always,
    summary: "Lists the metafields of a shopper",
    description: "All of them come at once, as the vendor describes no paging.",
    document: "specs/bspk/list_metafields.yaml",
    parameters: &[
        crate::Parameter {
            name: "shopper_ref",
            location: crate::ParameterLocation::Path,
            is_required: true,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The brand's own id of the shopper.",
        },
    ],
    body: None,
    is_paged: false,
};
#[cfg(feature = "client")]
pub(crate) const UPSERT_METAFIELDS: crate::Operation = crate::Operation {
    vendor: "bspk",
    name: "upsert_metafields",
    method: "PUT",
    path: "/api/platform/v1/shoppers/{shopper_ref}/metafields",
    effect: crate::Effect::Write,
    idempotency: crate::Idempotency::Always,
    summary: "Creates or updates metafields of a shopper",
    description: "BSPK finds a metafield by its namespace and key. The answer is all metafields of the shopper; that those which are not named stay as they are, how many may be sent at once, and what becomes of the others if one is refused, is not documented.",
    document: "specs/bspk/upsert_metafields.yaml",
    parameters: &[
        crate::Parameter {
            name: "shopper_ref",
            location: crate::ParameterLocation::Path,
            is_required: true,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The brand's own id of the shopper.",
        },
    ],
    body: Some(crate::RequestBody {
        envelope: Some("metafields"),
    }),
    is_paged: false,
};
#[cfg(feature = "client")]
pub(crate) const LIST_WEBHOOK_ENDPOINTS: crate::Operation = crate::Operation {
    vendor: "bspk",
    name: "list_webhook_endpoints",
    method: "GET",
    path: "/api/platform/v1/webhook_endpoints",
    effect: crate::Effect::Read,
    idempotency: crate::Idempotency::Always,
    summary: "Lists the webhook endpoints",
    description: "All of them come at once, as the vendor describes no paging; in the examples the newest comes first (not documented). None shows its secret.",
    document: "specs/bspk/list_webhook_endpoints.yaml",
    parameters: &[],
    body: None,
    is_paged: false,
};
#[cfg(feature = "client")]
pub(crate) const CREATE_WEBHOOK_ENDPOINT: crate::Operation = crate::Operation {
    vendor: "bspk",
    name: "create_webhook_endpoint",
    method: "POST",
    path: "/api/platform/v1/webhook_endpoints",
    effect: crate::Effect::Write,
    idempotency: crate::Idempotency::Never,
    summary: "Creates a webhook endpoint",
    description: "The answer is the only one that ever has the secret. No operation is known that deletes an endpoint or gives it another secret, so sent twice it leaves two endpoints (not documented), and if the answer is lost, so is the secret.",
    document: "specs/bspk/create_webhook_endpoint.yaml",
    parameters: &[],
    body: Some(crate::RequestBody {
        envelope: None,
    }),
    is_paged: false,
};
#[cfg(feature = "client")]
pub(crate) const UPDATE_WEBHOOK_ENDPOINT: crate::Operation = crate::Operation {
    vendor: "bspk",
    name: "update_webhook_endpoint",
    method: "PATCH",
    path: "/api/platform/v1/webhook_endpoints/{id}",
    effect: crate::Effect::Write,
    idempotency: crate::Idempotency::Always,
    summary: "Changes a webhook endpoint",
    description: "",
    document: "specs/bspk/update_webhook_endpoint.yaml",
    parameters: &[
        crate::Parameter {
            name: "id",
            location: crate::ParameterLocation::Path,
            is_required: true,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The id of the webhook endpoint. The page has a string here, and an integer in each answer.",
        },
    ],
    body: Some(crate::RequestBody {
        envelope: None,
    }),
    is_paged: false,
};
/// Parameters that exclude each other.
#[cfg(feature = "client")]
#[derive(Clone, PartialEq)]
pub enum RecordsOf {
    /// The brand's ids of the clients. Not together with `sales_associate_ids`. How an id that holds a comma is written is not documented.
    ClientIds(crate::CommaList),
    /// The brand's ids of the sales associates. Not together with `client_ids`. How an id that holds a comma is written is not documented.
    SalesAssociateIds(crate::CommaList),
}
/// Shows the type, never what it holds.
#[cfg(feature = "client")]
impl ::std::fmt::Debug for RecordsOf {
    #[inline]
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.write_str("RecordsOf(..)")
    }
}
/// Every operation that the vendor's documents have.
#[cfg(feature = "client")]
pub const OPERATIONS: &[crate::Operation] = &[
    LIST_APPOINTMENTS,
    LIST_CALLS,
    LIST_CLIENTS,
    LIST_EMAILS,
    LIST_MESSAGES,
    LIST_NOTES,
    LIST_REMINDERS,
    LIST_SALES_ASSOCIATES,
    LIST_SLICES,
    UPSERT_SHOPPER,
    LINK_SHOPPER,
    LIST_METAFIELDS,
    UPSERT_METAFIELDS,
    LIST_WEBHOOK_ENDPOINTS,
    CREATE_WEBHOOK_ENDPOINT,
    UPDATE_WEBHOOK_ENDPOINT,
];
/// The operations that take the key in another header than `Authorization`, and that header.
#[cfg(feature = "client")]
pub(crate) const KEY_HEADERS: &[(&str, &str)] = &[];
/// Sends each operation, and leaves its answer to be read.
#[cfg(feature = "client")]
pub(crate) mod send {
    #[allow(unused_imports)]
    use super::*;
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn list_appointments(
        client: &super::super::Client,
        query: &ListAppointments,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        client
            .call(
                &LIST_APPOINTMENTS,
                LIST_APPOINTMENTS.idempotency,
                |generated| {
                    generated
                        .list_appointments(
                            match &query.records_of {
                                Some(RecordsOf::ClientIds(it)) => Some(it),
                                _ => None,
                            },
                            query.from.as_ref(),
                            query.page,
                            query.per_page,
                            match &query.records_of {
                                Some(RecordsOf::SalesAssociateIds(it)) => Some(it),
                                _ => None,
                            },
                            query.to.as_ref(),
                        )
                },
            )
            .await
    }
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn list_calls(
        client: &super::super::Client,
        query: &ListCalls,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        client
            .call(
                &LIST_CALLS,
                LIST_CALLS.idempotency,
                |generated| {
                    generated
                        .list_calls(
                            match &query.records_of {
                                Some(RecordsOf::ClientIds(it)) => Some(it),
                                _ => None,
                            },
                            query.from.as_ref(),
                            query.page,
                            query.per_page,
                            match &query.records_of {
                                Some(RecordsOf::SalesAssociateIds(it)) => Some(it),
                                _ => None,
                            },
                            query.to.as_ref(),
                        )
                },
            )
            .await
    }
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn list_clients(
        client: &super::super::Client,
        query: &ListClients,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        client
            .call(
                &LIST_CLIENTS,
                LIST_CLIENTS.idempotency,
                |generated| {
                    generated
                        .list_clients(
                            match &query.records_of {
                                Some(RecordsOf::ClientIds(it)) => Some(it),
                                _ => None,
                            },
                            query.from.as_ref(),
                            query.page,
                            query.per_page,
                            match &query.records_of {
                                Some(RecordsOf::SalesAssociateIds(it)) => Some(it),
                                _ => None,
                            },
                            query.to.as_ref(),
                        )
                },
            )
            .await
    }
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn list_emails(
        client: &super::super::Client,
        query: &ListEmails,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        client
            .call(
                &LIST_EMAILS,
                LIST_EMAILS.idempotency,
                |generated| {
                    generated
                        .list_emails(
                            match &query.records_of {
                                Some(RecordsOf::ClientIds(it)) => Some(it),
                                _ => None,
                            },
                            query.from.as_ref(),
                            query.page,
                            query.per_page,
                            match &query.records_of {
                                Some(RecordsOf::SalesAssociateIds(it)) => Some(it),
                                _ => None,
                            },
                            query.to.as_ref(),
                        )
                },
            )
            .await
    }
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn list_messages(
        client: &super::super::Client,
        query: &ListMessages,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        client
            .call(
                &LIST_MESSAGES,
                LIST_MESSAGES.idempotency,
                |generated| {
                    generated
                        .list_messages(
                            match &query.records_of {
                                Some(RecordsOf::ClientIds(it)) => Some(it),
                                _ => None,
                            },
                            query.from.as_ref(),
                            query.page,
                            query.per_page,
                            match &query.records_of {
                                Some(RecordsOf::SalesAssociateIds(it)) => Some(it),
                                _ => None,
                            },
                            query.to.as_ref(),
                        )
                },
            )
            .await
    }
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn list_notes(
        client: &super::super::Client,
        query: &ListNotes,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        client
            .call(
                &LIST_NOTES,
                LIST_NOTES.idempotency,
                |generated| {
                    generated
                        .list_notes(
                            match &query.records_of {
                                Some(RecordsOf::ClientIds(it)) => Some(it),
                                _ => None,
                            },
                            query.from.as_ref(),
                            query.page,
                            query.per_page,
                            match &query.records_of {
                                Some(RecordsOf::SalesAssociateIds(it)) => Some(it),
                                _ => None,
                            },
                            query.to.as_ref(),
                        )
                },
            )
            .await
    }
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn list_reminders(
        client: &super::super::Client,
        query: &ListReminders,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        client
            .call(
                &LIST_REMINDERS,
                LIST_REMINDERS.idempotency,
                |generated| {
                    generated
                        .list_reminders(
                            match &query.records_of {
                                Some(RecordsOf::ClientIds(it)) => Some(it),
                                _ => None,
                            },
                            query.from.as_ref(),
                            query.page,
                            query.per_page,
                            match &query.records_of {
                                Some(RecordsOf::SalesAssociateIds(it)) => Some(it),
                                _ => None,
                            },
                            query.to.as_ref(),
                        )
                },
            )
            .await
    }
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn list_sales_associates(
        client: &super::super::Client,
        query: &ListSalesAssociates,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        client
            .call(
                &LIST_SALES_ASSOCIATES,
                LIST_SALES_ASSOCIATES.idempotency,
                |generated| {
                    generated
                        .list_sales_associates(
                            query.from.as_ref(),
                            query.page,
                            query.per_page,
                            query.sales_associate_ids.as_ref(),
                            query.to.as_ref(),
                        )
                },
            )
            .await
    }
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn list_slices(
        client: &super::super::Client,
        query: &ListSlices,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        client
            .call(
                &LIST_SLICES,
                LIST_SLICES.idempotency,
                |generated| {
                    generated
                        .list_slices(
                            query.from.as_ref(),
                            query.page,
                            query.per_page,
                            query.sales_associate_ids.as_ref(),
                            query.to.as_ref(),
                        )
                },
            )
            .await
    }
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn upsert_shopper(
        client: &super::super::Client,
        shopper: &types::Shopper,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        crate::validation::check(&UPSERT_SHOPPER, shopper)?;
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
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn link_shopper(
        client: &super::super::Client,
        id: i64,
        shopper_link: &types::ShopperLink,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        client
            .call(
                &LINK_SHOPPER,
                LINK_SHOPPER.idempotency,
                |generated| generated.link_shopper(id, shopper_link),
            )
            .await
    }
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn list_metafields(
        client: &super::super::Client,
        shopper_ref: &str,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        crate::validation::check_segment(
            &LIST_METAFIELDS,
            shopper_ref,
            "`shopper_ref` is empty, `.`, `..`, or holds a slash; it is one segment of the path",
        )?;
        client
            .call(
                &LIST_METAFIELDS,
                LIST_METAFIELDS.idempotency,
                |generated| generated.list_metafields(shopper_ref),
            )
            .await
    }
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn upsert_metafields(
        client: &super::super::Client,
        shopper_ref: &str,
        metafields: &[types::MetafieldInput],
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        crate::validation::check_segment(
            &UPSERT_METAFIELDS,
            shopper_ref,
            "`shopper_ref` is empty, `.`, `..`, or holds a slash; it is one segment of the path",
        )?;
        let body = types::MetafieldsBody {
            metafields,
        };
        client
            .call(
                &UPSERT_METAFIELDS,
                UPSERT_METAFIELDS.idempotency,
                |generated| generated.upsert_metafields(shopper_ref, &body),
            )
            .await
    }
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn list_webhook_endpoints(
        client: &super::super::Client,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        client
            .call(
                &LIST_WEBHOOK_ENDPOINTS,
                LIST_WEBHOOK_ENDPOINTS.idempotency,
                |generated| generated.list_webhook_endpoints(),
            )
            .await
    }
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn create_webhook_endpoint(
        client: &super::super::Client,
        webhook_endpoint: &types::WebhookEndpointInput,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        client
            .call(
                &CREATE_WEBHOOK_ENDPOINT,
                CREATE_WEBHOOK_ENDPOINT.idempotency,
                |generated| generated.create_webhook_endpoint(webhook_endpoint),
            )
            .await
    }
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn update_webhook_endpoint(
        client: &super::super::Client,
        id: i64,
        webhook_endpoint: &types::WebhookEndpointInput,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        client
            .call(
                &UPDATE_WEBHOOK_ENDPOINT,
                UPDATE_WEBHOOK_ENDPOINT.idempotency,
                |generated| generated.update_webhook_endpoint(id, webhook_endpoint),
            )
            .await
    }
}
/// The JSON Schema (2020-12) of the body that an operation takes, without its envelope; `None` for one without.
#[cfg(all(feature = "client", feature = "schemars"))]
pub fn body_schema(operation: &str) -> ::std::option::Option<::schemars::Schema> {
    match operation {
        "upsert_shopper" => Some(::schemars::schema_for!(types::Shopper)),
        "link_shopper" => Some(::schemars::schema_for!(types::ShopperLink)),
        "upsert_metafields" => {
            Some(::schemars::schema_for!(::std::vec::Vec < types::MetafieldInput >))
        }
        "create_webhook_endpoint" => {
            Some(::schemars::schema_for!(types::WebhookEndpointInput))
        }
        "update_webhook_endpoint" => {
            Some(::schemars::schema_for!(types::WebhookEndpointInput))
        }
        _ => None,
    }
}
/// The JSON Schema (2020-12) of an operation's answer; `None` for one without.
#[cfg(all(feature = "client", feature = "schemars"))]
pub fn answer_schema(operation: &str) -> ::std::option::Option<::schemars::Schema> {
    match operation {
        "list_appointments" => {
            Some(::schemars::schema_for!(::std::vec::Vec < types::Appointment >))
        }
        "list_calls" => Some(::schemars::schema_for!(::std::vec::Vec < types::Call >)),
        "list_clients" => {
            Some(::schemars::schema_for!(::std::vec::Vec < types::ClientRecord >))
        }
        "list_emails" => Some(::schemars::schema_for!(::std::vec::Vec < types::Email >)),
        "list_messages" => {
            Some(::schemars::schema_for!(::std::vec::Vec < types::Message >))
        }
        "list_notes" => Some(::schemars::schema_for!(::std::vec::Vec < types::Note >)),
        "list_reminders" => {
            Some(::schemars::schema_for!(::std::vec::Vec < types::Reminder >))
        }
        "list_sales_associates" => {
            Some(::schemars::schema_for!(::std::vec::Vec < types::SalesAssociate >))
        }
        "list_slices" => Some(::schemars::schema_for!(::std::vec::Vec < types::Slice >)),
        "upsert_shopper" => Some(::schemars::schema_for!(types::Upserted)),
        "list_metafields" => {
            Some(::schemars::schema_for!(::std::vec::Vec < types::Metafield >))
        }
        "upsert_metafields" => {
            Some(::schemars::schema_for!(::std::vec::Vec < types::Metafield >))
        }
        "list_webhook_endpoints" => {
            Some(::schemars::schema_for!(::std::vec::Vec < types::WebhookEndpoint >))
        }
        "create_webhook_endpoint" => {
            Some(::schemars::schema_for!(types::WebhookEndpoint))
        }
        "update_webhook_endpoint" => {
            Some(::schemars::schema_for!(types::WebhookEndpoint))
        }
        _ => None,
    }
}
#[cfg(feature = "client")]
impl super::Client {
    /// Lists appointments.
    ///
    /// BSPK answers only allowed IP addresses. The order of the records is not documented.
    ///
    /// Nothing is sent until a record or a page is asked for.
    ///
    /// Sends `GET /api/extraction/v1/appointments`, as specs/bspk/list_appointments.yaml describes it.
    ///
    /// # Errors
    ///
    /// - A key that is not accepted: [`is_unauthorized`](crate::Error::is_unauthorized).
    /// - A value that the vendor does not accept: [`is_rejected`](crate::Error::is_rejected), with [`problems`](crate::Error::problems).
    /// - No permit before the deadline, or a 429 until then: [`is_throttled`](crate::Error::is_throttled), with the wait in [`retry_after`](crate::Error::retry_after).
    /// - No answer, or one in the 500s, each time: [`is_unavailable`](crate::Error::is_unavailable).
    /// - An answer that is not as described: [`is_unreadable`](crate::Error::is_unreadable).
    ///
    /// # Cancellation
    ///
    /// Dropping the future does no harm.
    #[allow(clippy::too_many_arguments)]
    pub fn list_appointments(
        &self,
        query: &ListAppointments,
    ) -> crate::Pages<types::Appointment> {
        let mut query = query.clone();
        query.per_page.get_or_insert(crate::pages::PAGE_SIZE);
        crate::pages::Lists::pages(
            self,
            &LIST_APPOINTMENTS,
            move |client| {
                let query = query.clone();
                ::std::boxed::Box::pin(async move {
                    send::list_appointments(&client, &query).await
                })
            },
        )
    }
    /// Lists calls.
    ///
    /// BSPK answers only allowed IP addresses. The order of the records is not documented, but the oldest comes first in the example.
    ///
    /// Nothing is sent until a record or a page is asked for.
    ///
    /// Sends `GET /api/extraction/v1/calls`, as specs/bspk/list_calls.yaml describes it.
    ///
    /// # Errors
    ///
    /// - A key that is not accepted: [`is_unauthorized`](crate::Error::is_unauthorized).
    /// - A value that the vendor does not accept: [`is_rejected`](crate::Error::is_rejected), with [`problems`](crate::Error::problems).
    /// - No permit before the deadline, or a 429 until then: [`is_throttled`](crate::Error::is_throttled), with the wait in [`retry_after`](crate::Error::retry_after).
    /// - No answer, or one in the 500s, each time: [`is_unavailable`](crate::Error::is_unavailable).
    /// - An answer that is not as described: [`is_unreadable`](crate::Error::is_unreadable).
    ///
    /// # Cancellation
    ///
    /// Dropping the future does no harm.
    #[allow(clippy::too_many_arguments)]
    pub fn list_calls(&self, query: &ListCalls) -> crate::Pages<types::Call> {
        let mut query = query.clone();
        query.per_page.get_or_insert(crate::pages::PAGE_SIZE);
        crate::pages::Lists::pages(
            self,
            &LIST_CALLS,
            move |client| {
                let query = query.clone();
                ::std::boxed::Box::pin(async move {
                    send::list_calls(&client, &query).await
                })
            },
        )
    }
    /// Lists clients, which the Platform API calls shoppers.
    ///
    /// BSPK answers only allowed IP addresses. The order of the records is not documented.
    ///
    /// Nothing is sent until a record or a page is asked for.
    ///
    /// Sends `GET /api/extraction/v1/clients`, as specs/bspk/list_clients.yaml describes it.
    ///
    /// # Errors
    ///
    /// - A key that is not accepted: [`is_unauthorized`](crate::Error::is_unauthorized).
    /// - A value that the vendor does not accept: [`is_rejected`](crate::Error::is_rejected), with [`problems`](crate::Error::problems).
    /// - No permit before the deadline, or a 429 until then: [`is_throttled`](crate::Error::is_throttled), with the wait in [`retry_after`](crate::Error::retry_after).
    /// - No answer, or one in the 500s, each time: [`is_unavailable`](crate::Error::is_unavailable).
    /// - An answer that is not as described: [`is_unreadable`](crate::Error::is_unreadable).
    ///
    /// # Cancellation
    ///
    /// Dropping the future does no harm.
    #[allow(clippy::too_many_arguments)]
    pub fn list_clients(
        &self,
        query: &ListClients,
    ) -> crate::Pages<types::ClientRecord> {
        let mut query = query.clone();
        query.per_page.get_or_insert(crate::pages::PAGE_SIZE);
        crate::pages::Lists::pages(
            self,
            &LIST_CLIENTS,
            move |client| {
                let query = query.clone();
                ::std::boxed::Box::pin(async move {
                    send::list_clients(&client, &query).await
                })
            },
        )
    }
    /// Lists e-mails.
    ///
    /// BSPK answers only allowed IP addresses. The order of the records is not documented.
    ///
    /// Nothing is sent until a record or a page is asked for.
    ///
    /// Sends `GET /api/extraction/v1/emails`, as specs/bspk/list_emails.yaml describes it.
    ///
    /// # Errors
    ///
    /// - A key that is not accepted: [`is_unauthorized`](crate::Error::is_unauthorized).
    /// - A value that the vendor does not accept: [`is_rejected`](crate::Error::is_rejected), with [`problems`](crate::Error::problems).
    /// - No permit before the deadline, or a 429 until then: [`is_throttled`](crate::Error::is_throttled), with the wait in [`retry_after`](crate::Error::retry_after).
    /// - No answer, or one in the 500s, each time: [`is_unavailable`](crate::Error::is_unavailable).
    /// - An answer that is not as described: [`is_unreadable`](crate::Error::is_unreadable).
    ///
    /// # Cancellation
    ///
    /// Dropping the future does no harm.
    #[allow(clippy::too_many_arguments)]
    pub fn list_emails(&self, query: &ListEmails) -> crate::Pages<types::Email> {
        let mut query = query.clone();
        query.per_page.get_or_insert(crate::pages::PAGE_SIZE);
        crate::pages::Lists::pages(
            self,
            &LIST_EMAILS,
            move |client| {
                let query = query.clone();
                ::std::boxed::Box::pin(async move {
                    send::list_emails(&client, &query).await
                })
            },
        )
    }
    /// Lists messages.
    ///
    /// BSPK answers only allowed IP addresses. The order of the records is not documented.
    ///
    /// Nothing is sent until a record or a page is asked for.
    ///
    /// Sends `GET /api/extraction/v1/messages`, as specs/bspk/list_messages.yaml describes it.
    ///
    /// # Errors
    ///
    /// - A key that is not accepted: [`is_unauthorized`](crate::Error::is_unauthorized).
    /// - A value that the vendor does not accept: [`is_rejected`](crate::Error::is_rejected), with [`problems`](crate::Error::problems).
    /// - No permit before the deadline, or a 429 until then: [`is_throttled`](crate::Error::is_throttled), with the wait in [`retry_after`](crate::Error::retry_after).
    /// - No answer, or one in the 500s, each time: [`is_unavailable`](crate::Error::is_unavailable).
    /// - An answer that is not as described: [`is_unreadable`](crate::Error::is_unreadable).
    ///
    /// # Cancellation
    ///
    /// Dropping the future does no harm.
    #[allow(clippy::too_many_arguments)]
    pub fn list_messages(&self, query: &ListMessages) -> crate::Pages<types::Message> {
        let mut query = query.clone();
        query.per_page.get_or_insert(crate::pages::PAGE_SIZE);
        crate::pages::Lists::pages(
            self,
            &LIST_MESSAGES,
            move |client| {
                let query = query.clone();
                ::std::boxed::Box::pin(async move {
                    send::list_messages(&client, &query).await
                })
            },
        )
    }
    /// Lists notes.
    ///
    /// BSPK answers only allowed IP addresses. The order of the records is not documented.
    ///
    /// Nothing is sent until a record or a page is asked for.
    ///
    /// Sends `GET /api/extraction/v1/notes`, as specs/bspk/list_notes.yaml describes it.
    ///
    /// # Errors
    ///
    /// - A key that is not accepted: [`is_unauthorized`](crate::Error::is_unauthorized).
    /// - A value that the vendor does not accept: [`is_rejected`](crate::Error::is_rejected), with [`problems`](crate::Error::problems).
    /// - No permit before the deadline, or a 429 until then: [`is_throttled`](crate::Error::is_throttled), with the wait in [`retry_after`](crate::Error::retry_after).
    /// - No answer, or one in the 500s, each time: [`is_unavailable`](crate::Error::is_unavailable).
    /// - An answer that is not as described: [`is_unreadable`](crate::Error::is_unreadable).
    ///
    /// # Cancellation
    ///
    /// Dropping the future does no harm.
    #[allow(clippy::too_many_arguments)]
    pub fn list_notes(&self, query: &ListNotes) -> crate::Pages<types::Note> {
        let mut query = query.clone();
        query.per_page.get_or_insert(crate::pages::PAGE_SIZE);
        crate::pages::Lists::pages(
            self,
            &LIST_NOTES,
            move |client| {
                let query = query.clone();
                ::std::boxed::Box::pin(async move {
                    send::list_notes(&client, &query).await
                })
            },
        )
    }
    /// Lists reminders.
    ///
    /// BSPK answers only allowed IP addresses. The order of the records is not documented.
    ///
    /// Nothing is sent until a record or a page is asked for.
    ///
    /// Sends `GET /api/extraction/v1/reminders`, as specs/bspk/list_reminders.yaml describes it.
    ///
    /// # Errors
    ///
    /// - A key that is not accepted: [`is_unauthorized`](crate::Error::is_unauthorized).
    /// - A value that the vendor does not accept: [`is_rejected`](crate::Error::is_rejected), with [`problems`](crate::Error::problems).
    /// - No permit before the deadline, or a 429 until then: [`is_throttled`](crate::Error::is_throttled), with the wait in [`retry_after`](crate::Error::retry_after).
    /// - No answer, or one in the 500s, each time: [`is_unavailable`](crate::Error::is_unavailable).
    /// - An answer that is not as described: [`is_unreadable`](crate::Error::is_unreadable).
    ///
    /// # Cancellation
    ///
    /// Dropping the future does no harm.
    #[allow(clippy::too_many_arguments)]
    pub fn list_reminders(
        &self,
        query: &ListReminders,
    ) -> crate::Pages<types::Reminder> {
        let mut query = query.clone();
        query.per_page.get_or_insert(crate::pages::PAGE_SIZE);
        crate::pages::Lists::pages(
            self,
            &LIST_REMINDERS,
            move |client| {
                let query = query.clone();
                ::std::boxed::Box::pin(async move {
                    send::list_reminders(&client, &query).await
                })
            },
        )
    }
    /// Lists sales associates.
    ///
    /// BSPK answers only allowed IP addresses. The order of the records is not documented.
    ///
    /// Nothing is sent until a record or a page is asked for.
    ///
    /// Sends `GET /api/extraction/v1/sales_associates`, as specs/bspk/list_sales_associates.yaml describes it.
    ///
    /// # Errors
    ///
    /// - A key that is not accepted: [`is_unauthorized`](crate::Error::is_unauthorized).
    /// - A value that the vendor does not accept: [`is_rejected`](crate::Error::is_rejected), with [`problems`](crate::Error::problems).
    /// - No permit before the deadline, or a 429 until then: [`is_throttled`](crate::Error::is_throttled), with the wait in [`retry_after`](crate::Error::retry_after).
    /// - No answer, or one in the 500s, each time: [`is_unavailable`](crate::Error::is_unavailable).
    /// - An answer that is not as described: [`is_unreadable`](crate::Error::is_unreadable).
    ///
    /// # Cancellation
    ///
    /// Dropping the future does no harm.
    #[allow(clippy::too_many_arguments)]
    pub fn list_sales_associates(
        &self,
        query: &ListSalesAssociates,
    ) -> crate::Pages<types::SalesAssociate> {
        let mut query = query.clone();
        query.per_page.get_or_insert(crate::pages::PAGE_SIZE);
        crate::pages::Lists::pages(
            self,
            &LIST_SALES_ASSOCIATES,
            move |client| {
                let query = query.clone();
                ::std::boxed::Box::pin(async move {
                    send::list_sales_associates(&client, &query).await
                })
            },
        )
    }
    /// Lists slices.
    ///
    /// BSPK answers only allowed IP addresses. The order of the records is not documented.
    ///
    /// Nothing is sent until a record or a page is asked for.
    ///
    /// Sends `GET /api/extraction/v1/slices`, as specs/bspk/list_slices.yaml describes it.
    ///
    /// # Errors
    ///
    /// - A key that is not accepted: [`is_unauthorized`](crate::Error::is_unauthorized).
    /// - A value that the vendor does not accept: [`is_rejected`](crate::Error::is_rejected), with [`problems`](crate::Error::problems).
    /// - No permit before the deadline, or a 429 until then: [`is_throttled`](crate::Error::is_throttled), with the wait in [`retry_after`](crate::Error::retry_after).
    /// - No answer, or one in the 500s, each time: [`is_unavailable`](crate::Error::is_unavailable).
    /// - An answer that is not as described: [`is_unreadable`](crate::Error::is_unreadable).
    ///
    /// # Cancellation
    ///
    /// Dropping the future does no harm.
    #[allow(clippy::too_many_arguments)]
    pub fn list_slices(&self, query: &ListSlices) -> crate::Pages<types::Slice> {
        let mut query = query.clone();
        query.per_page.get_or_insert(crate::pages::PAGE_SIZE);
        crate::pages::Lists::pages(
            self,
            &LIST_SLICES,
            move |client| {
                let query = query.clone();
                ::std::boxed::Box::pin(async move {
                    send::list_slices(&client, &query).await
                })
            },
        )
    }
    /// Creates a shopper, or updates the one with the same `shopper_ref`.
    ///
    /// Without a `shopper_ref` every call makes a new shopper. BSPK stores a shopper that looks wrong; what looks wrong is in `warnings` of the answer.
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
    /// Links a shopper to its record in the brand's own system.
    ///
    /// Webhooks then name the shopper by this `shopper_ref`. What becomes of an earlier link of either side is not documented.
    ///
    /// - `id`: BSPK's own id of the shopper.
    ///
    /// Sends `POST /api/platform/v1/shoppers/{id}/external_link`, as specs/bspk/link_shopper.yaml describes it.
    ///
    /// # Errors
    ///
    /// - A key that is not accepted: [`is_unauthorized`](crate::Error::is_unauthorized).
    /// - No such record: [`is_not_found`](crate::Error::is_not_found).
    /// - A value that the vendor does not accept: [`is_rejected`](crate::Error::is_rejected), with [`problems`](crate::Error::problems).
    /// - No permit before the deadline, or a 429 until then: [`is_throttled`](crate::Error::is_throttled), with the wait in [`retry_after`](crate::Error::retry_after).
    /// - No answer, or one in the 500s: [`is_ambiguous`](crate::Error::is_ambiguous). It was tried again, and calling once more is harmless.
    /// - An answer that is not as described: [`is_unreadable`](crate::Error::is_unreadable); it was carried out.
    ///
    /// # Cancellation
    ///
    /// Dropping the future does not undo what was sent. Calling again is harmless.
    #[allow(clippy::too_many_arguments)]
    pub async fn link_shopper(
        &self,
        id: i64,
        shopper_link: &types::ShopperLink,
    ) -> ::std::result::Result<(), crate::Error> {
        send::link_shopper(self, id, shopper_link).await?;
        Ok(())
    }
    /// Lists the metafields of a shopper.
    ///
    /// All of them come at once, as the vendor describes no paging.
    ///
    /// - `shopper_ref`: The brand's own id of the shopper.
    ///
    /// Sends `GET /api/platform/v1/shoppers/{shopper_ref}/metafields`, as specs/bspk/list_metafields.yaml describes it.
    ///
    /// # Errors
    ///
    /// - A value that cannot stand in a path: [`is_invalid`](crate::Error::is_invalid), nothing was sent.
    /// - A key that is not accepted: [`is_unauthorized`](crate::Error::is_unauthorized).
    /// - No such record: [`is_not_found`](crate::Error::is_not_found).
    /// - No permit before the deadline, or a 429 until then: [`is_throttled`](crate::Error::is_throttled), with the wait in [`retry_after`](crate::Error::retry_after).
    /// - No answer, or one in the 500s, each time: [`is_unavailable`](crate::Error::is_unavailable).
    /// - An answer that is not as described: [`is_unreadable`](crate::Error::is_unreadable).
    ///
    /// # Cancellation
    ///
    /// Dropping the future does no harm.
    #[allow(clippy::too_many_arguments)]
    pub async fn list_metafields(
        &self,
        shopper_ref: &str,
    ) -> ::std::result::Result<::std::vec::Vec<types::Metafield>, crate::Error> {
        send::list_metafields(self, shopper_ref).await?.json()
    }
    /// Creates or updates metafields of a shopper.
    ///
    /// BSPK finds a metafield by its namespace and key. The answer is all metafields of the shopper; that those which are not named stay as they are, how many may be sent at once, and what becomes of the others if one is refused, is not documented.
    ///
    /// - `shopper_ref`: The brand's own id of the shopper.
    ///
    /// Sends `PUT /api/platform/v1/shoppers/{shopper_ref}/metafields`, as specs/bspk/upsert_metafields.yaml describes it.
    ///
    /// # Errors
    ///
    /// - A value that cannot stand in a path: [`is_invalid`](crate::Error::is_invalid), nothing was sent.
    /// - A key that is not accepted: [`is_unauthorized`](crate::Error::is_unauthorized).
    /// - No such record: [`is_not_found`](crate::Error::is_not_found).
    /// - A value that the vendor does not accept: [`is_rejected`](crate::Error::is_rejected), with [`problems`](crate::Error::problems).
    /// - No permit before the deadline, or a 429 until then: [`is_throttled`](crate::Error::is_throttled), with the wait in [`retry_after`](crate::Error::retry_after).
    /// - No answer, or one in the 500s: [`is_ambiguous`](crate::Error::is_ambiguous). It was tried again, and calling once more is harmless.
    /// - An answer that is not as described: [`is_unreadable`](crate::Error::is_unreadable); it was carried out.
    ///
    /// # Cancellation
    ///
    /// Dropping the future does not undo what was sent. Calling again is harmless.
    #[allow(clippy::too_many_arguments)]
    pub async fn upsert_metafields(
        &self,
        shopper_ref: &str,
        metafields: &[types::MetafieldInput],
    ) -> ::std::result::Result<::std::vec::Vec<types::Metafield>, crate::Error> {
        send::upsert_metafields(self, shopper_ref, metafields).await?.json()
    }
    /// Lists the webhook endpoints.
    ///
    /// All of them come at once, as the vendor describes no paging; in the examples the newest comes first (not documented). None shows its secret.
    ///
    /// Sends `GET /api/platform/v1/webhook_endpoints`, as specs/bspk/list_webhook_endpoints.yaml describes it.
    ///
    /// # Errors
    ///
    /// - A key that is not accepted: [`is_unauthorized`](crate::Error::is_unauthorized).
    /// - No permit before the deadline, or a 429 until then: [`is_throttled`](crate::Error::is_throttled), with the wait in [`retry_after`](crate::Error::retry_after).
    /// - No answer, or one in the 500s, each time: [`is_unavailable`](crate::Error::is_unavailable).
    /// - An answer that is not as described: [`is_unreadable`](crate::Error::is_unreadable).
    ///
    /// # Cancellation
    ///
    /// Dropping the future does no harm.
    #[allow(clippy::too_many_arguments)]
    pub async fn list_webhook_endpoints(
        &self,
    ) -> ::std::result::Result<::std::vec::Vec<types::WebhookEndpoint>, crate::Error> {
        send::list_webhook_endpoints(self).await?.json()
    }
    /// Creates a webhook endpoint.
    ///
    /// The answer is the only one that ever has the secret. No operation is known that deletes an endpoint or gives it another secret, so sent twice it leaves two endpoints (not documented), and if the answer is lost, so is the secret.
    ///
    /// Sends `POST /api/platform/v1/webhook_endpoints`, as specs/bspk/create_webhook_endpoint.yaml describes it.
    ///
    /// # Errors
    ///
    /// - A key that is not accepted: [`is_unauthorized`](crate::Error::is_unauthorized).
    /// - A value that the vendor does not accept: [`is_rejected`](crate::Error::is_rejected), with [`problems`](crate::Error::problems).
    /// - No permit before the deadline, or a 429 until then: [`is_throttled`](crate::Error::is_throttled), with the wait in [`retry_after`](crate::Error::retry_after).
    /// - No answer, or one in the 500s: [`is_ambiguous`](crate::Error::is_ambiguous). It is never sent again.
    /// - An answer that is not as described: [`is_unreadable`](crate::Error::is_unreadable); it was carried out.
    ///
    /// # Cancellation
    ///
    /// Dropping the future does not undo what was sent, and calling again may do it twice. Run the call in [a task of its own](crate::deploying#calls-that-are-dropped).
    #[allow(clippy::too_many_arguments)]
    pub async fn create_webhook_endpoint(
        &self,
        webhook_endpoint: &types::WebhookEndpointInput,
    ) -> ::std::result::Result<types::WebhookEndpoint, crate::Error> {
        send::create_webhook_endpoint(self, webhook_endpoint).await?.json()
    }
    /// Changes a webhook endpoint.
    ///
    /// - `id`: The id of the webhook endpoint. The page has a string here, and an integer in each answer.
    ///
    /// Sends `PATCH /api/platform/v1/webhook_endpoints/{id}`, as specs/bspk/update_webhook_endpoint.yaml describes it.
    ///
    /// # Errors
    ///
    /// - A key that is not accepted: [`is_unauthorized`](crate::Error::is_unauthorized).
    /// - No such record: [`is_not_found`](crate::Error::is_not_found).
    /// - A value that the vendor does not accept: [`is_rejected`](crate::Error::is_rejected), with [`problems`](crate::Error::problems).
    /// - No permit before the deadline, or a 429 until then: [`is_throttled`](crate::Error::is_throttled), with the wait in [`retry_after`](crate::Error::retry_after).
    /// - No answer, or one in the 500s: [`is_ambiguous`](crate::Error::is_ambiguous). It was tried again, and calling once more is harmless.
    /// - An answer that is not as described: [`is_unreadable`](crate::Error::is_unreadable); it was carried out.
    ///
    /// # Cancellation
    ///
    /// Dropping the future does not undo what was sent. Calling again is harmless.
    #[allow(clippy::too_many_arguments)]
    pub async fn update_webhook_endpoint(
        &self,
        id: i64,
        webhook_endpoint: &types::WebhookEndpointInput,
    ) -> ::std::result::Result<types::WebhookEndpoint, crate::Error> {
        send::update_webhook_endpoint(self, id, webhook_endpoint).await?.json()
    }
    /// The list of an operation by its name, with its arguments as [`call_by_name`](Self::call_by_name) takes
    /// them: for programs that go through the lists of [`OPERATIONS`](super::OPERATIONS), those that
    /// [come in pages](crate::Operation::is_paged). Nothing is sent until a record or a page is asked for.
    ///
    /// Each record is read as a `T`, such as `serde_json::Value`; a `Box<serde_json::value::RawValue>` is the text of
    /// the record as it came.
    ///
    /// # Errors
    ///
    /// - No list of that name, an argument that is missing, unknown or does not fit:
    ///   [`is_invalid`](crate::Error::is_invalid). The message names the argument and never holds a value.
    /// - All others as of [`Pages`](crate::Pages#errors), once a page is asked for.
    pub fn pages_by_name<T>(
        &self,
        operation: &str,
        arguments: ::serde_json::Value,
    ) -> ::std::result::Result<crate::Pages<T>, crate::Error> {
        match operation {
            "list_appointments" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &LIST_APPOINTMENTS,
                    arguments,
                )?;
                let query = ListAppointments {
                    records_of: {
                        let mut chosen = None;
                        arguments
                            .alternative(
                                "client_ids",
                                RecordsOf::ClientIds,
                                &mut chosen,
                            )?;
                        arguments
                            .alternative(
                                "sales_associate_ids",
                                RecordsOf::SalesAssociateIds,
                                &mut chosen,
                            )?;
                        chosen
                    },
                    from: arguments.optional("from")?,
                    page: arguments.optional("page")?,
                    per_page: arguments.optional("per_page")?,
                    to: arguments.optional("to")?,
                };
                Ok(self.list_appointments(&query).read_as())
            }
            "list_calls" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &LIST_CALLS,
                    arguments,
                )?;
                let query = ListCalls {
                    records_of: {
                        let mut chosen = None;
                        arguments
                            .alternative(
                                "client_ids",
                                RecordsOf::ClientIds,
                                &mut chosen,
                            )?;
                        arguments
                            .alternative(
                                "sales_associate_ids",
                                RecordsOf::SalesAssociateIds,
                                &mut chosen,
                            )?;
                        chosen
                    },
                    from: arguments.optional("from")?,
                    page: arguments.optional("page")?,
                    per_page: arguments.optional("per_page")?,
                    to: arguments.optional("to")?,
                };
                Ok(self.list_calls(&query).read_as())
            }
            "list_clients" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &LIST_CLIENTS,
                    arguments,
                )?;
                let query = ListClients {
                    records_of: {
                        let mut chosen = None;
                        arguments
                            .alternative(
                                "client_ids",
                                RecordsOf::ClientIds,
                                &mut chosen,
                            )?;
                        arguments
                            .alternative(
                                "sales_associate_ids",
                                RecordsOf::SalesAssociateIds,
                                &mut chosen,
                            )?;
                        chosen
                    },
                    from: arguments.optional("from")?,
                    page: arguments.optional("page")?,
                    per_page: arguments.optional("per_page")?,
                    to: arguments.optional("to")?,
                };
                Ok(self.list_clients(&query).read_as())
            }
            "list_emails" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &LIST_EMAILS,
                    arguments,
                )?;
                let query = ListEmails {
                    records_of: {
                        let mut chosen = None;
                        arguments
                            .alternative(
                                "client_ids",
                                RecordsOf::ClientIds,
                                &mut chosen,
                            )?;
                        arguments
                            .alternative(
                                "sales_associate_ids",
                                RecordsOf::SalesAssociateIds,
                                &mut chosen,
                            )?;
                        chosen
                    },
                    from: arguments.optional("from")?,
                    page: arguments.optional("page")?,
                    per_page: arguments.optional("per_page")?,
                    to: arguments.optional("to")?,
                };
                Ok(self.list_emails(&query).read_as())
            }
            "list_messages" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &LIST_MESSAGES,
                    arguments,
                )?;
                let query = ListMessages {
                    records_of: {
                        let mut chosen = None;
                        arguments
                            .alternative(
                                "client_ids",
                                RecordsOf::ClientIds,
                                &mut chosen,
                            )?;
                        arguments
                            .alternative(
                                "sales_associate_ids",
                                RecordsOf::SalesAssociateIds,
                                &mut chosen,
                            )?;
                        chosen
                    },
                    from: arguments.optional("from")?,
                    page: arguments.optional("page")?,
                    per_page: arguments.optional("per_page")?,
                    to: arguments.optional("to")?,
                };
                Ok(self.list_messages(&query).read_as())
            }
            "list_notes" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &LIST_NOTES,
                    arguments,
                )?;
                let query = ListNotes {
                    records_of: {
                        let mut chosen = None;
                        arguments
                            .alternative(
                                "client_ids",
                                RecordsOf::ClientIds,
                                &mut chosen,
                            )?;
                        arguments
                            .alternative(
                                "sales_associate_ids",
                                RecordsOf::SalesAssociateIds,
                                &mut chosen,
                            )?;
                        chosen
                    },
                    from: arguments.optional("from")?,
                    page: arguments.optional("page")?,
                    per_page: arguments.optional("per_page")?,
                    to: arguments.optional("to")?,
                };
                Ok(self.list_notes(&query).read_as())
            }
            "list_reminders" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &LIST_REMINDERS,
                    arguments,
                )?;
                let query = ListReminders {
                    records_of: {
                        let mut chosen = None;
                        arguments
                            .alternative(
                                "client_ids",
                                RecordsOf::ClientIds,
                                &mut chosen,
                            )?;
                        arguments
                            .alternative(
                                "sales_associate_ids",
                                RecordsOf::SalesAssociateIds,
                                &mut chosen,
                            )?;
                        chosen
                    },
                    from: arguments.optional("from")?,
                    page: arguments.optional("page")?,
                    per_page: arguments.optional("per_page")?,
                    to: arguments.optional("to")?,
                };
                Ok(self.list_reminders(&query).read_as())
            }
            "list_sales_associates" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &LIST_SALES_ASSOCIATES,
                    arguments,
                )?;
                let query = ListSalesAssociates {
                    from: arguments.optional("from")?,
                    page: arguments.optional("page")?,
                    per_page: arguments.optional("per_page")?,
                    sales_associate_ids: arguments.optional("sales_associate_ids")?,
                    to: arguments.optional("to")?,
                };
                Ok(self.list_sales_associates(&query).read_as())
            }
            "list_slices" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &LIST_SLICES,
                    arguments,
                )?;
                let query = ListSlices {
                    from: arguments.optional("from")?,
                    page: arguments.optional("page")?,
                    per_page: arguments.optional("per_page")?,
                    sales_associate_ids: arguments.optional("sales_associate_ids")?,
                    to: arguments.optional("to")?,
                };
                Ok(self.list_slices(&query).read_as())
            }
            _ => Err(crate::pages::unknown_list()),
        }
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
            "list_appointments" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &LIST_APPOINTMENTS,
                    arguments,
                )?;
                let query = ListAppointments {
                    records_of: {
                        let mut chosen = None;
                        arguments
                            .alternative(
                                "client_ids",
                                RecordsOf::ClientIds,
                                &mut chosen,
                            )?;
                        arguments
                            .alternative(
                                "sales_associate_ids",
                                RecordsOf::SalesAssociateIds,
                                &mut chosen,
                            )?;
                        chosen
                    },
                    from: arguments.optional("from")?,
                    page: arguments.optional("page")?,
                    per_page: arguments.optional("per_page")?,
                    to: arguments.optional("to")?,
                };
                send::list_appointments(self, &query).await?.value()
            }
            "list_calls" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &LIST_CALLS,
                    arguments,
                )?;
                let query = ListCalls {
                    records_of: {
                        let mut chosen = None;
                        arguments
                            .alternative(
                                "client_ids",
                                RecordsOf::ClientIds,
                                &mut chosen,
                            )?;
                        arguments
                            .alternative(
                                "sales_associate_ids",
                                RecordsOf::SalesAssociateIds,
                                &mut chosen,
                            )?;
                        chosen
                    },
                    from: arguments.optional("from")?,
                    page: arguments.optional("page")?,
                    per_page: arguments.optional("per_page")?,
                    to: arguments.optional("to")?,
                };
                send::list_calls(self, &query).await?.value()
            }
            "list_clients" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &LIST_CLIENTS,
                    arguments,
                )?;
                let query = ListClients {
                    records_of: {
                        let mut chosen = None;
                        arguments
                            .alternative(
                                "client_ids",
                                RecordsOf::ClientIds,
                                &mut chosen,
                            )?;
                        arguments
                            .alternative(
                                "sales_associate_ids",
                                RecordsOf::SalesAssociateIds,
                                &mut chosen,
                            )?;
                        chosen
                    },
                    from: arguments.optional("from")?,
                    page: arguments.optional("page")?,
                    per_page: arguments.optional("per_page")?,
                    to: arguments.optional("to")?,
                };
                send::list_clients(self, &query).await?.value()
            }
            "list_emails" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &LIST_EMAILS,
                    arguments,
                )?;
                let query = ListEmails {
                    records_of: {
                        let mut chosen = None;
                        arguments
                            .alternative(
                                "client_ids",
                                RecordsOf::ClientIds,
                                &mut chosen,
                            )?;
                        arguments
                            .alternative(
                                "sales_associate_ids",
                                RecordsOf::SalesAssociateIds,
                                &mut chosen,
                            )?;
                        chosen
                    },
                    from: arguments.optional("from")?,
                    page: arguments.optional("page")?,
                    per_page: arguments.optional("per_page")?,
                    to: arguments.optional("to")?,
                };
                send::list_emails(self, &query).await?.value()
            }
            "list_messages" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &LIST_MESSAGES,
                    arguments,
                )?;
                let query = ListMessages {
                    records_of: {
                        let mut chosen = None;
                        arguments
                            .alternative(
                                "client_ids",
                                RecordsOf::ClientIds,
                                &mut chosen,
                            )?;
                        arguments
                            .alternative(
                                "sales_associate_ids",
                                RecordsOf::SalesAssociateIds,
                                &mut chosen,
                            )?;
                        chosen
                    },
                    from: arguments.optional("from")?,
                    page: arguments.optional("page")?,
                    per_page: arguments.optional("per_page")?,
                    to: arguments.optional("to")?,
                };
                send::list_messages(self, &query).await?.value()
            }
            "list_notes" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &LIST_NOTES,
                    arguments,
                )?;
                let query = ListNotes {
                    records_of: {
                        let mut chosen = None;
                        arguments
                            .alternative(
                                "client_ids",
                                RecordsOf::ClientIds,
                                &mut chosen,
                            )?;
                        arguments
                            .alternative(
                                "sales_associate_ids",
                                RecordsOf::SalesAssociateIds,
                                &mut chosen,
                            )?;
                        chosen
                    },
                    from: arguments.optional("from")?,
                    page: arguments.optional("page")?,
                    per_page: arguments.optional("per_page")?,
                    to: arguments.optional("to")?,
                };
                send::list_notes(self, &query).await?.value()
            }
            "list_reminders" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &LIST_REMINDERS,
                    arguments,
                )?;
                let query = ListReminders {
                    records_of: {
                        let mut chosen = None;
                        arguments
                            .alternative(
                                "client_ids",
                                RecordsOf::ClientIds,
                                &mut chosen,
                            )?;
                        arguments
                            .alternative(
                                "sales_associate_ids",
                                RecordsOf::SalesAssociateIds,
                                &mut chosen,
                            )?;
                        chosen
                    },
                    from: arguments.optional("from")?,
                    page: arguments.optional("page")?,
                    per_page: arguments.optional("per_page")?,
                    to: arguments.optional("to")?,
                };
                send::list_reminders(self, &query).await?.value()
            }
            "list_sales_associates" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &LIST_SALES_ASSOCIATES,
                    arguments,
                )?;
                let query = ListSalesAssociates {
                    from: arguments.optional("from")?,
                    page: arguments.optional("page")?,
                    per_page: arguments.optional("per_page")?,
                    sales_associate_ids: arguments.optional("sales_associate_ids")?,
                    to: arguments.optional("to")?,
                };
                send::list_sales_associates(self, &query).await?.value()
            }
            "list_slices" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &LIST_SLICES,
                    arguments,
                )?;
                let query = ListSlices {
                    from: arguments.optional("from")?,
                    page: arguments.optional("page")?,
                    per_page: arguments.optional("per_page")?,
                    sales_associate_ids: arguments.optional("sales_associate_ids")?,
                    to: arguments.optional("to")?,
                };
                send::list_slices(self, &query).await?.value()
            }
            "upsert_shopper" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &UPSERT_SHOPPER,
                    arguments,
                )?;
                let shopper: types::Shopper = arguments.body()?;
                send::upsert_shopper(self, &shopper).await?.value()
            }
            "link_shopper" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &LINK_SHOPPER,
                    arguments,
                )?;
                let id: i64 = arguments.required("id")?;
                let shopper_link: types::ShopperLink = arguments.body()?;
                send::link_shopper(self, id, &shopper_link).await?.value()
            }
            "list_metafields" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &LIST_METAFIELDS,
                    arguments,
                )?;
                let shopper_ref: ::std::string::String = arguments
                    .required("shopper_ref")?;
                send::list_metafields(self, &shopper_ref).await?.value()
            }
            "upsert_metafields" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &UPSERT_METAFIELDS,
                    arguments,
                )?;
                let shopper_ref: ::std::string::String = arguments
                    .required("shopper_ref")?;
                let metafields: ::std::vec::Vec<types::MetafieldInput> = arguments
                    .body()?;
                send::upsert_metafields(self, &shopper_ref, &metafields).await?.value()
            }
            "list_webhook_endpoints" => {
                let _ = crate::arguments::Arguments::of(
                    &LIST_WEBHOOK_ENDPOINTS,
                    arguments,
                )?;
                send::list_webhook_endpoints(self).await?.value()
            }
            "create_webhook_endpoint" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &CREATE_WEBHOOK_ENDPOINT,
                    arguments,
                )?;
                let webhook_endpoint: types::WebhookEndpointInput = arguments.body()?;
                send::create_webhook_endpoint(self, &webhook_endpoint).await?.value()
            }
            "update_webhook_endpoint" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &UPDATE_WEBHOOK_ENDPOINT,
                    arguments,
                )?;
                let id: i64 = arguments.required("id")?;
                let webhook_endpoint: types::WebhookEndpointInput = arguments.body()?;
                send::update_webhook_endpoint(self, id, &webhook_endpoint).await?.value()
            }
            _ => Err(crate::arguments::unknown_operation()),
        }
    }
}
/// The part of it that is public.
pub(crate) mod public {
    pub use super::types::{
        Appointment, Call, ClientAddress, ClientRecord, CommunicationPreferences, Email,
        Message, Metafield, MetafieldInput, Note, ProfileType, Reminder, SalesAssociate,
        Shopper, ShopperLink, Slice, Upserted, WebhookEndpoint, WebhookEndpointInput,
        WebhookShopper,
    };
    #[cfg(feature = "client")]
    pub use super::{
        OPERATIONS, ListAppointments, ListCalls, ListClients, ListEmails, ListMessages,
        ListNotes, ListReminders, ListSalesAssociates, ListSlices, RecordsOf,
    };
    #[cfg(all(feature = "client", feature = "schemars"))]
    pub use super::{answer_schema, body_schema};
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
        pub struct ListAppointmentsWhen(::httpmock::When);
        impl ListAppointmentsWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::GET)
                        .path_matches(
                            regex::Regex::new("^/api/extraction/v1/appointments$")
                                .unwrap(),
                        ),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with this `client_ids`, or without `client_ids` if it is `None`.
            pub fn client_ids<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::CommaList>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("client_ids", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("client_ids"))
                }
            }
            /// Only calls with this `from`, or without `from` if it is `None`.
            pub fn from<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::bspk::Timestamp>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("from", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("from"))
                }
            }
            /// Only calls with this `page`, or without `page` if it is `None`.
            pub fn page<T>(self, value: T) -> Self
            where
                T: Into<Option<i64>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("page", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("page"))
                }
            }
            /// Only calls with this `per_page`, or without `per_page` if it is `None`.
            pub fn per_page<T>(self, value: T) -> Self
            where
                T: Into<Option<i64>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("per_page", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("per_page"))
                }
            }
            /// Only calls with this `sales_associate_ids`, or without `sales_associate_ids` if it is `None`.
            pub fn sales_associate_ids<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::CommaList>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("sales_associate_ids", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("sales_associate_ids"))
                }
            }
            /// Only calls with this `to`, or without `to` if it is `None`.
            pub fn to<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::bspk::Timestamp>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("to", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("to"))
                }
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct ListAppointmentsThen(::httpmock::Then);
        impl ListAppointmentsThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn ok(self, value: &::std::vec::Vec<types::Appointment>) -> Self {
                Self(
                    self
                        .0
                        .status(200u16)
                        .header("content-type", "application/json")
                        .json_body_obj(&value),
                )
            }
        }
        /// Which calls of the operation a mock is for; all of them by default.
        pub struct ListCallsWhen(::httpmock::When);
        impl ListCallsWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::GET)
                        .path_matches(
                            regex::Regex::new("^/api/extraction/v1/calls$").unwrap(),
                        ),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with this `client_ids`, or without `client_ids` if it is `None`.
            pub fn client_ids<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::CommaList>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("client_ids", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("client_ids"))
                }
            }
            /// Only calls with this `from`, or without `from` if it is `None`.
            pub fn from<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::bspk::Timestamp>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("from", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("from"))
                }
            }
            /// Only calls with this `page`, or without `page` if it is `None`.
            pub fn page<T>(self, value: T) -> Self
            where
                T: Into<Option<i64>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("page", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("page"))
                }
            }
            /// Only calls with this `per_page`, or without `per_page` if it is `None`.
            pub fn per_page<T>(self, value: T) -> Self
            where
                T: Into<Option<i64>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("per_page", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("per_page"))
                }
            }
            /// Only calls with this `sales_associate_ids`, or without `sales_associate_ids` if it is `None`.
            pub fn sales_associate_ids<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::CommaList>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("sales_associate_ids", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("sales_associate_ids"))
                }
            }
            /// Only calls with this `to`, or without `to` if it is `None`.
            pub fn to<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::bspk::Timestamp>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("to", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("to"))
                }
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct ListCallsThen(::httpmock::Then);
        impl ListCallsThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn ok(self, value: &::std::vec::Vec<types::Call>) -> Self {
                Self(
                    self
                        .0
                        .status(200u16)
                        .header("content-type", "application/json")
                        .json_body_obj(&value),
                )
            }
        }
        /// Which calls of the operation a mock is for; all of them by default.
        pub struct ListClientsWhen(::httpmock::When);
        impl ListClientsWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::GET)
                        .path_matches(
                            regex::Regex::new("^/api/extraction/v1/clients$").unwrap(),
                        ),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with this `client_ids`, or without `client_ids` if it is `None`.
            pub fn client_ids<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::CommaList>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("client_ids", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("client_ids"))
                }
            }
            /// Only calls with this `from`, or without `from` if it is `None`.
            pub fn from<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::bspk::Timestamp>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("from", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("from"))
                }
            }
            /// Only calls with this `page`, or without `page` if it is `None`.
            pub fn page<T>(self, value: T) -> Self
            where
                T: Into<Option<i64>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("page", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("page"))
                }
            }
            /// Only calls with this `per_page`, or without `per_page` if it is `None`.
            pub fn per_page<T>(self, value: T) -> Self
            where
                T: Into<Option<i64>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("per_page", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("per_page"))
                }
            }
            /// Only calls with this `sales_associate_ids`, or without `sales_associate_ids` if it is `None`.
            pub fn sales_associate_ids<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::CommaList>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("sales_associate_ids", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("sales_associate_ids"))
                }
            }
            /// Only calls with this `to`, or without `to` if it is `None`.
            pub fn to<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::bspk::Timestamp>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("to", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("to"))
                }
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct ListClientsThen(::httpmock::Then);
        impl ListClientsThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn ok(self, value: &::std::vec::Vec<types::ClientRecord>) -> Self {
                Self(
                    self
                        .0
                        .status(200u16)
                        .header("content-type", "application/json")
                        .json_body_obj(&value),
                )
            }
        }
        /// Which calls of the operation a mock is for; all of them by default.
        pub struct ListEmailsWhen(::httpmock::When);
        impl ListEmailsWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::GET)
                        .path_matches(
                            regex::Regex::new("^/api/extraction/v1/emails$").unwrap(),
                        ),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with this `client_ids`, or without `client_ids` if it is `None`.
            pub fn client_ids<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::CommaList>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("client_ids", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("client_ids"))
                }
            }
            /// Only calls with this `from`, or without `from` if it is `None`.
            pub fn from<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::bspk::Timestamp>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("from", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("from"))
                }
            }
            /// Only calls with this `page`, or without `page` if it is `None`.
            pub fn page<T>(self, value: T) -> Self
            where
                T: Into<Option<i64>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("page", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("page"))
                }
            }
            /// Only calls with this `per_page`, or without `per_page` if it is `None`.
            pub fn per_page<T>(self, value: T) -> Self
            where
                T: Into<Option<i64>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("per_page", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("per_page"))
                }
            }
            /// Only calls with this `sales_associate_ids`, or without `sales_associate_ids` if it is `None`.
            pub fn sales_associate_ids<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::CommaList>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("sales_associate_ids", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("sales_associate_ids"))
                }
            }
            /// Only calls with this `to`, or without `to` if it is `None`.
            pub fn to<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::bspk::Timestamp>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("to", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("to"))
                }
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct ListEmailsThen(::httpmock::Then);
        impl ListEmailsThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn ok(self, value: &::std::vec::Vec<types::Email>) -> Self {
                Self(
                    self
                        .0
                        .status(200u16)
                        .header("content-type", "application/json")
                        .json_body_obj(&value),
                )
            }
        }
        /// Which calls of the operation a mock is for; all of them by default.
        pub struct ListMessagesWhen(::httpmock::When);
        impl ListMessagesWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::GET)
                        .path_matches(
                            regex::Regex::new("^/api/extraction/v1/messages$").unwrap(),
                        ),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with this `client_ids`, or without `client_ids` if it is `None`.
            pub fn client_ids<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::CommaList>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("client_ids", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("client_ids"))
                }
            }
            /// Only calls with this `from`, or without `from` if it is `None`.
            pub fn from<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::bspk::Timestamp>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("from", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("from"))
                }
            }
            /// Only calls with this `page`, or without `page` if it is `None`.
            pub fn page<T>(self, value: T) -> Self
            where
                T: Into<Option<i64>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("page", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("page"))
                }
            }
            /// Only calls with this `per_page`, or without `per_page` if it is `None`.
            pub fn per_page<T>(self, value: T) -> Self
            where
                T: Into<Option<i64>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("per_page", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("per_page"))
                }
            }
            /// Only calls with this `sales_associate_ids`, or without `sales_associate_ids` if it is `None`.
            pub fn sales_associate_ids<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::CommaList>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("sales_associate_ids", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("sales_associate_ids"))
                }
            }
            /// Only calls with this `to`, or without `to` if it is `None`.
            pub fn to<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::bspk::Timestamp>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("to", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("to"))
                }
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct ListMessagesThen(::httpmock::Then);
        impl ListMessagesThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn ok(self, value: &::std::vec::Vec<types::Message>) -> Self {
                Self(
                    self
                        .0
                        .status(200u16)
                        .header("content-type", "application/json")
                        .json_body_obj(&value),
                )
            }
        }
        /// Which calls of the operation a mock is for; all of them by default.
        pub struct ListNotesWhen(::httpmock::When);
        impl ListNotesWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::GET)
                        .path_matches(
                            regex::Regex::new("^/api/extraction/v1/notes$").unwrap(),
                        ),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with this `client_ids`, or without `client_ids` if it is `None`.
            pub fn client_ids<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::CommaList>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("client_ids", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("client_ids"))
                }
            }
            /// Only calls with this `from`, or without `from` if it is `None`.
            pub fn from<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::bspk::Timestamp>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("from", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("from"))
                }
            }
            /// Only calls with this `page`, or without `page` if it is `None`.
            pub fn page<T>(self, value: T) -> Self
            where
                T: Into<Option<i64>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("page", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("page"))
                }
            }
            /// Only calls with this `per_page`, or without `per_page` if it is `None`.
            pub fn per_page<T>(self, value: T) -> Self
            where
                T: Into<Option<i64>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("per_page", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("per_page"))
                }
            }
            /// Only calls with this `sales_associate_ids`, or without `sales_associate_ids` if it is `None`.
            pub fn sales_associate_ids<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::CommaList>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("sales_associate_ids", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("sales_associate_ids"))
                }
            }
            /// Only calls with this `to`, or without `to` if it is `None`.
            pub fn to<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::bspk::Timestamp>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("to", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("to"))
                }
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct ListNotesThen(::httpmock::Then);
        impl ListNotesThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn ok(self, value: &::std::vec::Vec<types::Note>) -> Self {
                Self(
                    self
                        .0
                        .status(200u16)
                        .header("content-type", "application/json")
                        .json_body_obj(&value),
                )
            }
        }
        /// Which calls of the operation a mock is for; all of them by default.
        pub struct ListRemindersWhen(::httpmock::When);
        impl ListRemindersWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::GET)
                        .path_matches(
                            regex::Regex::new("^/api/extraction/v1/reminders$").unwrap(),
                        ),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with this `client_ids`, or without `client_ids` if it is `None`.
            pub fn client_ids<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::CommaList>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("client_ids", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("client_ids"))
                }
            }
            /// Only calls with this `from`, or without `from` if it is `None`.
            pub fn from<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::bspk::Timestamp>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("from", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("from"))
                }
            }
            /// Only calls with this `page`, or without `page` if it is `None`.
            pub fn page<T>(self, value: T) -> Self
            where
                T: Into<Option<i64>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("page", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("page"))
                }
            }
            /// Only calls with this `per_page`, or without `per_page` if it is `None`.
            pub fn per_page<T>(self, value: T) -> Self
            where
                T: Into<Option<i64>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("per_page", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("per_page"))
                }
            }
            /// Only calls with this `sales_associate_ids`, or without `sales_associate_ids` if it is `None`.
            pub fn sales_associate_ids<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::CommaList>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("sales_associate_ids", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("sales_associate_ids"))
                }
            }
            /// Only calls with this `to`, or without `to` if it is `None`.
            pub fn to<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::bspk::Timestamp>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("to", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("to"))
                }
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct ListRemindersThen(::httpmock::Then);
        impl ListRemindersThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn ok(self, value: &::std::vec::Vec<types::Reminder>) -> Self {
                Self(
                    self
                        .0
                        .status(200u16)
                        .header("content-type", "application/json")
                        .json_body_obj(&value),
                )
            }
        }
        /// Which calls of the operation a mock is for; all of them by default.
        pub struct ListSalesAssociatesWhen(::httpmock::When);
        impl ListSalesAssociatesWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::GET)
                        .path_matches(
                            regex::Regex::new("^/api/extraction/v1/sales_associates$")
                                .unwrap(),
                        ),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with this `from`, or without `from` if it is `None`.
            pub fn from<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::bspk::Timestamp>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("from", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("from"))
                }
            }
            /// Only calls with this `page`, or without `page` if it is `None`.
            pub fn page<T>(self, value: T) -> Self
            where
                T: Into<Option<i64>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("page", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("page"))
                }
            }
            /// Only calls with this `per_page`, or without `per_page` if it is `None`.
            pub fn per_page<T>(self, value: T) -> Self
            where
                T: Into<Option<i64>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("per_page", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("per_page"))
                }
            }
            /// Only calls with this `sales_associate_ids`, or without `sales_associate_ids` if it is `None`.
            pub fn sales_associate_ids<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::CommaList>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("sales_associate_ids", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("sales_associate_ids"))
                }
            }
            /// Only calls with this `to`, or without `to` if it is `None`.
            pub fn to<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::bspk::Timestamp>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("to", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("to"))
                }
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct ListSalesAssociatesThen(::httpmock::Then);
        impl ListSalesAssociatesThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn ok(self, value: &::std::vec::Vec<types::SalesAssociate>) -> Self {
                Self(
                    self
                        .0
                        .status(200u16)
                        .header("content-type", "application/json")
                        .json_body_obj(&value),
                )
            }
        }
        /// Which calls of the operation a mock is for; all of them by default.
        pub struct ListSlicesWhen(::httpmock::When);
        impl ListSlicesWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::GET)
                        .path_matches(
                            regex::Regex::new("^/api/extraction/v1/slices$").unwrap(),
                        ),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with this `from`, or without `from` if it is `None`.
            pub fn from<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::bspk::Timestamp>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("from", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("from"))
                }
            }
            /// Only calls with this `page`, or without `page` if it is `None`.
            pub fn page<T>(self, value: T) -> Self
            where
                T: Into<Option<i64>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("page", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("page"))
                }
            }
            /// Only calls with this `per_page`, or without `per_page` if it is `None`.
            pub fn per_page<T>(self, value: T) -> Self
            where
                T: Into<Option<i64>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("per_page", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("per_page"))
                }
            }
            /// Only calls with this `sales_associate_ids`, or without `sales_associate_ids` if it is `None`.
            pub fn sales_associate_ids<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::CommaList>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("sales_associate_ids", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("sales_associate_ids"))
                }
            }
            /// Only calls with this `to`, or without `to` if it is `None`.
            pub fn to<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::bspk::Timestamp>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("to", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("to"))
                }
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct ListSlicesThen(::httpmock::Then);
        impl ListSlicesThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn ok(self, value: &::std::vec::Vec<types::Slice>) -> Self {
                Self(
                    self
                        .0
                        .status(200u16)
                        .header("content-type", "application/json")
                        .json_body_obj(&value),
                )
            }
        }
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
            /// Only calls with just this body.
            pub fn body(self, value: &types::Shopper) -> Self {
                Self(self.0.json_body(::serde_json::json!({ "shopper" : value })))
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
            /// The success that the document describes.
            pub fn ok(self, value: &types::Upserted) -> Self {
                Self(
                    self
                        .0
                        .status(200u16)
                        .header("content-type", "application/json")
                        .json_body_obj(&value),
                )
            }
        }
        /// Which calls of the operation a mock is for; all of them by default.
        pub struct LinkShopperWhen(::httpmock::When);
        impl LinkShopperWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::POST)
                        .path_matches(
                            regex::Regex::new(
                                    "^/api/platform/v1/shoppers/[^/]*/external_link$",
                                )
                                .unwrap(),
                        ),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with this `id`.
            pub fn id(self, value: i64) -> Self {
                let re = regex::Regex::new(
                        &format!(
                            "^/api/platform/v1/shoppers/{}/external_link$",
                            ::regex::escape(& ::progenitor_client::encode_path(& value
                            .to_string()))
                        ),
                    )
                    .unwrap();
                Self(self.0.path_matches(re))
            }
            /// Only calls with just this body.
            pub fn body(self, value: &types::ShopperLink) -> Self {
                Self(self.0.json_body_obj(value))
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct LinkShopperThen(::httpmock::Then);
        impl LinkShopperThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn no_content(self) -> Self {
                Self(self.0.status(204u16))
            }
        }
        /// Which calls of the operation a mock is for; all of them by default.
        pub struct ListMetafieldsWhen(::httpmock::When);
        impl ListMetafieldsWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::GET)
                        .path_matches(
                            regex::Regex::new(
                                    "^/api/platform/v1/shoppers/[^/]*/metafields$",
                                )
                                .unwrap(),
                        ),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with this `shopper_ref`.
            pub fn shopper_ref(self, value: &str) -> Self {
                let re = regex::Regex::new(
                        &format!(
                            "^/api/platform/v1/shoppers/{}/metafields$",
                            ::regex::escape(& ::progenitor_client::encode_path(& value
                            .to_string()))
                        ),
                    )
                    .unwrap();
                Self(self.0.path_matches(re))
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct ListMetafieldsThen(::httpmock::Then);
        impl ListMetafieldsThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn ok(self, value: &::std::vec::Vec<types::Metafield>) -> Self {
                Self(
                    self
                        .0
                        .status(200u16)
                        .header("content-type", "application/json")
                        .json_body_obj(&value),
                )
            }
        }
        /// Which calls of the operation a mock is for; all of them by default.
        pub struct UpsertMetafieldsWhen(::httpmock::When);
        impl UpsertMetafieldsWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::PUT)
                        .path_matches(
                            regex::Regex::new(
                                    "^/api/platform/v1/shoppers/[^/]*/metafields$",
                                )
                                .unwrap(),
                        ),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with this `shopper_ref`.
            pub fn shopper_ref(self, value: &str) -> Self {
                let re = regex::Regex::new(
                        &format!(
                            "^/api/platform/v1/shoppers/{}/metafields$",
                            ::regex::escape(& ::progenitor_client::encode_path(& value
                            .to_string()))
                        ),
                    )
                    .unwrap();
                Self(self.0.path_matches(re))
            }
            /// Only calls with just this body.
            pub fn body(self, value: &[types::MetafieldInput]) -> Self {
                Self(self.0.json_body(::serde_json::json!({ "metafields" : value })))
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct UpsertMetafieldsThen(::httpmock::Then);
        impl UpsertMetafieldsThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn ok(self, value: &::std::vec::Vec<types::Metafield>) -> Self {
                Self(
                    self
                        .0
                        .status(200u16)
                        .header("content-type", "application/json")
                        .json_body_obj(&value),
                )
            }
        }
        /// Which calls of the operation a mock is for; all of them by default.
        pub struct ListWebhookEndpointsWhen(::httpmock::When);
        impl ListWebhookEndpointsWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::GET)
                        .path_matches(
                            regex::Regex::new("^/api/platform/v1/webhook_endpoints$")
                                .unwrap(),
                        ),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct ListWebhookEndpointsThen(::httpmock::Then);
        impl ListWebhookEndpointsThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn ok(self, value: &::std::vec::Vec<types::WebhookEndpoint>) -> Self {
                Self(
                    self
                        .0
                        .status(200u16)
                        .header("content-type", "application/json")
                        .json_body_obj(&value),
                )
            }
        }
        /// Which calls of the operation a mock is for; all of them by default.
        pub struct CreateWebhookEndpointWhen(::httpmock::When);
        impl CreateWebhookEndpointWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::POST)
                        .path_matches(
                            regex::Regex::new("^/api/platform/v1/webhook_endpoints$")
                                .unwrap(),
                        ),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with just this body.
            pub fn body(self, value: &types::WebhookEndpointInput) -> Self {
                Self(self.0.json_body_obj(value))
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct CreateWebhookEndpointThen(::httpmock::Then);
        impl CreateWebhookEndpointThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn created(self, value: &types::WebhookEndpoint) -> Self {
                Self(
                    self
                        .0
                        .status(201u16)
                        .header("content-type", "application/json")
                        .json_body_obj(&value),
                )
            }
        }
        /// Which calls of the operation a mock is for; all of them by default.
        pub struct UpdateWebhookEndpointWhen(::httpmock::When);
        impl UpdateWebhookEndpointWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::PATCH)
                        .path_matches(
                            regex::Regex::new(
                                    "^/api/platform/v1/webhook_endpoints/[^/]*$",
                                )
                                .unwrap(),
                        ),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with this `id`.
            pub fn id(self, value: i64) -> Self {
                let re = regex::Regex::new(
                        &format!(
                            "^/api/platform/v1/webhook_endpoints/{}$", ::regex::escape(&
                            ::progenitor_client::encode_path(& value.to_string()))
                        ),
                    )
                    .unwrap();
                Self(self.0.path_matches(re))
            }
            /// Only calls with just this body.
            pub fn body(self, value: &types::WebhookEndpointInput) -> Self {
                Self(self.0.json_body_obj(value))
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct UpdateWebhookEndpointThen(::httpmock::Then);
        impl UpdateWebhookEndpointThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn ok(self, value: &types::WebhookEndpoint) -> Self {
                Self(
                    self
                        .0
                        .status(200u16)
                        .header("content-type", "application/json")
                        .json_body_obj(&value),
                )
            }
        }
    }
    /// An extension trait for \[`MockServer`\](::httpmock::MockServer) that
    /// adds a method for each operation. These are the equivalent of
    /// type-checked \[`mock()`\](::httpmock::MockServer::mock) calls.
    pub trait MockServerExt {
        fn list_appointments<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(
                operations::ListAppointmentsWhen,
                operations::ListAppointmentsThen,
            );
        fn list_calls<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::ListCallsWhen, operations::ListCallsThen);
        fn list_clients<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::ListClientsWhen, operations::ListClientsThen);
        fn list_emails<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::ListEmailsWhen, operations::ListEmailsThen);
        fn list_messages<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::ListMessagesWhen, operations::ListMessagesThen);
        fn list_notes<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::ListNotesWhen, operations::ListNotesThen);
        fn list_reminders<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::ListRemindersWhen, operations::ListRemindersThen);
        fn list_sales_associates<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(
                operations::ListSalesAssociatesWhen,
                operations::ListSalesAssociatesThen,
            );
        fn list_slices<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::ListSlicesWhen, operations::ListSlicesThen);
        fn upsert_shopper<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::UpsertShopperWhen, operations::UpsertShopperThen);
        fn link_shopper<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::LinkShopperWhen, operations::LinkShopperThen);
        fn list_metafields<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::ListMetafieldsWhen, operations::ListMetafieldsThen);
        fn upsert_metafields<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(
                operations::UpsertMetafieldsWhen,
                operations::UpsertMetafieldsThen,
            );
        fn list_webhook_endpoints<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(
                operations::ListWebhookEndpointsWhen,
                operations::ListWebhookEndpointsThen,
            );
        fn create_webhook_endpoint<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(
                operations::CreateWebhookEndpointWhen,
                operations::CreateWebhookEndpointThen,
            );
        fn update_webhook_endpoint<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(
                operations::UpdateWebhookEndpointWhen,
                operations::UpdateWebhookEndpointThen,
            );
    }
    impl MockServerExt for ::httpmock::MockServer {
        fn list_appointments<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(
                operations::ListAppointmentsWhen,
                operations::ListAppointmentsThen,
            ),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::ListAppointmentsWhen::new(when),
                    operations::ListAppointmentsThen::new(then),
                )
            })
        }
        fn list_calls<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::ListCallsWhen, operations::ListCallsThen),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::ListCallsWhen::new(when),
                    operations::ListCallsThen::new(then),
                )
            })
        }
        fn list_clients<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::ListClientsWhen, operations::ListClientsThen),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::ListClientsWhen::new(when),
                    operations::ListClientsThen::new(then),
                )
            })
        }
        fn list_emails<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::ListEmailsWhen, operations::ListEmailsThen),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::ListEmailsWhen::new(when),
                    operations::ListEmailsThen::new(then),
                )
            })
        }
        fn list_messages<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::ListMessagesWhen, operations::ListMessagesThen),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::ListMessagesWhen::new(when),
                    operations::ListMessagesThen::new(then),
                )
            })
        }
        fn list_notes<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::ListNotesWhen, operations::ListNotesThen),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::ListNotesWhen::new(when),
                    operations::ListNotesThen::new(then),
                )
            })
        }
        fn list_reminders<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::ListRemindersWhen, operations::ListRemindersThen),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::ListRemindersWhen::new(when),
                    operations::ListRemindersThen::new(then),
                )
            })
        }
        fn list_sales_associates<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(
                operations::ListSalesAssociatesWhen,
                operations::ListSalesAssociatesThen,
            ),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::ListSalesAssociatesWhen::new(when),
                    operations::ListSalesAssociatesThen::new(then),
                )
            })
        }
        fn list_slices<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::ListSlicesWhen, operations::ListSlicesThen),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::ListSlicesWhen::new(when),
                    operations::ListSlicesThen::new(then),
                )
            })
        }
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
        fn link_shopper<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::LinkShopperWhen, operations::LinkShopperThen),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::LinkShopperWhen::new(when),
                    operations::LinkShopperThen::new(then),
                )
            })
        }
        fn list_metafields<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::ListMetafieldsWhen, operations::ListMetafieldsThen),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::ListMetafieldsWhen::new(when),
                    operations::ListMetafieldsThen::new(then),
                )
            })
        }
        fn upsert_metafields<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(
                operations::UpsertMetafieldsWhen,
                operations::UpsertMetafieldsThen,
            ),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::UpsertMetafieldsWhen::new(when),
                    operations::UpsertMetafieldsThen::new(then),
                )
            })
        }
        fn list_webhook_endpoints<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(
                operations::ListWebhookEndpointsWhen,
                operations::ListWebhookEndpointsThen,
            ),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::ListWebhookEndpointsWhen::new(when),
                    operations::ListWebhookEndpointsThen::new(then),
                )
            })
        }
        fn create_webhook_endpoint<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(
                operations::CreateWebhookEndpointWhen,
                operations::CreateWebhookEndpointThen,
            ),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::CreateWebhookEndpointWhen::new(when),
                    operations::CreateWebhookEndpointThen::new(then),
                )
            })
        }
        fn update_webhook_endpoint<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(
                operations::UpdateWebhookEndpointWhen,
                operations::UpdateWebhookEndpointThen,
            ),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::UpdateWebhookEndpointWhen::new(when),
                    operations::UpdateWebhookEndpointThen::new(then),
                )
            })
        }
    }
    impl crate::mock::Server<super::super::Client> {
        /// Adds a mock of [`list_appointments`](super::super::Client::list_appointments).
        pub fn list_appointments(
            &self,
            mock: impl FnOnce(
                operations::ListAppointmentsWhen,
                operations::ListAppointmentsThen,
            ),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::list_appointments(server, mock))
        }
        /// Adds a mock of [`list_calls`](super::super::Client::list_calls).
        pub fn list_calls(
            &self,
            mock: impl FnOnce(operations::ListCallsWhen, operations::ListCallsThen),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::list_calls(server, mock))
        }
        /// Adds a mock of [`list_clients`](super::super::Client::list_clients).
        pub fn list_clients(
            &self,
            mock: impl FnOnce(operations::ListClientsWhen, operations::ListClientsThen),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::list_clients(server, mock))
        }
        /// Adds a mock of [`list_emails`](super::super::Client::list_emails).
        pub fn list_emails(
            &self,
            mock: impl FnOnce(operations::ListEmailsWhen, operations::ListEmailsThen),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::list_emails(server, mock))
        }
        /// Adds a mock of [`list_messages`](super::super::Client::list_messages).
        pub fn list_messages(
            &self,
            mock: impl FnOnce(operations::ListMessagesWhen, operations::ListMessagesThen),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::list_messages(server, mock))
        }
        /// Adds a mock of [`list_notes`](super::super::Client::list_notes).
        pub fn list_notes(
            &self,
            mock: impl FnOnce(operations::ListNotesWhen, operations::ListNotesThen),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::list_notes(server, mock))
        }
        /// Adds a mock of [`list_reminders`](super::super::Client::list_reminders).
        pub fn list_reminders(
            &self,
            mock: impl FnOnce(
                operations::ListRemindersWhen,
                operations::ListRemindersThen,
            ),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::list_reminders(server, mock))
        }
        /// Adds a mock of [`list_sales_associates`](super::super::Client::list_sales_associates).
        pub fn list_sales_associates(
            &self,
            mock: impl FnOnce(
                operations::ListSalesAssociatesWhen,
                operations::ListSalesAssociatesThen,
            ),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::list_sales_associates(server, mock))
        }
        /// Adds a mock of [`list_slices`](super::super::Client::list_slices).
        pub fn list_slices(
            &self,
            mock: impl FnOnce(operations::ListSlicesWhen, operations::ListSlicesThen),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::list_slices(server, mock))
        }
        /// Adds a mock of [`upsert_shopper`](super::super::Client::upsert_shopper).
        pub fn upsert_shopper(
            &self,
            mock: impl FnOnce(
                operations::UpsertShopperWhen,
                operations::UpsertShopperThen,
            ),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::upsert_shopper(server, mock))
        }
        /// Adds a mock of [`link_shopper`](super::super::Client::link_shopper).
        pub fn link_shopper(
            &self,
            mock: impl FnOnce(operations::LinkShopperWhen, operations::LinkShopperThen),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::link_shopper(server, mock))
        }
        /// Adds a mock of [`list_metafields`](super::super::Client::list_metafields).
        pub fn list_metafields(
            &self,
            mock: impl FnOnce(
                operations::ListMetafieldsWhen,
                operations::ListMetafieldsThen,
            ),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::list_metafields(server, mock))
        }
        /// Adds a mock of [`upsert_metafields`](super::super::Client::upsert_metafields).
        pub fn upsert_metafields(
            &self,
            mock: impl FnOnce(
                operations::UpsertMetafieldsWhen,
                operations::UpsertMetafieldsThen,
            ),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::upsert_metafields(server, mock))
        }
        /// Adds a mock of [`list_webhook_endpoints`](super::super::Client::list_webhook_endpoints).
        pub fn list_webhook_endpoints(
            &self,
            mock: impl FnOnce(
                operations::ListWebhookEndpointsWhen,
                operations::ListWebhookEndpointsThen,
            ),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::list_webhook_endpoints(server, mock))
        }
        /// Adds a mock of [`create_webhook_endpoint`](super::super::Client::create_webhook_endpoint).
        pub fn create_webhook_endpoint(
            &self,
            mock: impl FnOnce(
                operations::CreateWebhookEndpointWhen,
                operations::CreateWebhookEndpointThen,
            ),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::create_webhook_endpoint(server, mock))
        }
        /// Adds a mock of [`update_webhook_endpoint`](super::super::Client::update_webhook_endpoint).
        pub fn update_webhook_endpoint(
            &self,
            mock: impl FnOnce(
                operations::UpdateWebhookEndpointWhen,
                operations::UpdateWebhookEndpointThen,
            ),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::update_webhook_endpoint(server, mock))
        }
    }
    crate::mock::then::answers!(
        operations::ListAppointmentsThen, operations::ListCallsThen,
        operations::ListClientsThen, operations::ListEmailsThen,
        operations::ListMessagesThen, operations::ListNotesThen,
        operations::ListRemindersThen, operations::ListSalesAssociatesThen,
        operations::ListSlicesThen, operations::UpsertShopperThen,
        operations::LinkShopperThen, operations::ListMetafieldsThen,
        operations::UpsertMetafieldsThen, operations::ListWebhookEndpointsThen,
        operations::CreateWebhookEndpointThen, operations::UpdateWebhookEndpointThen
    );
}
