// Generated from specs by build.rs, and compiled where the feature `generate` is off. Never edited: `cargo xtask regen` writes it.

/// The SHA-256 of the documents.
pub(crate) const SHA256: &str = "cf76b2cc3d2dfdaed714ce9e2eb3eea14fc511cd88593f4aa774dfefc7c498d6";
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
    /// How to reach the shopper, by social channel.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "GatsbyChannel"))]
    pub struct Channel {
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        /// The shopper on Instagram.
        pub instagram: ::std::option::Option<Instagram>,
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        /// The shopper on TikTok. Gatsby keeps no phone number here.
        pub tiktok: ::std::option::Option<Tiktok>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// How to reach the shopper, by social channel.
    #[derive(Clone, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "GatsbyChannelInput"))]
    pub struct ChannelInput {
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        /// The shopper on Instagram.
        pub instagram: ::std::option::Option<InstagramInput>,
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        /// The shopper on TikTok. Gatsby keeps no phone number here.
        pub tiktok: ::std::option::Option<TiktokInput>,
    }
    /// The shopper on Instagram.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "GatsbyInstagram"))]
    pub struct Instagram {
        /// The shopper's e-mail address.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub email: ::std::option::Option<::std::string::String>,
        /// The first name.
        #[cfg_attr(
            feature = "schemars",
            serde(rename = "firstName", skip_serializing_if = "Option::is_none")
        )]
        pub first_name: ::std::option::Option<::std::string::String>,
        /// First and last name together.
        #[cfg_attr(
            feature = "schemars",
            serde(rename = "fullName", skip_serializing_if = "Option::is_none")
        )]
        pub full_name: ::std::option::Option<::std::string::String>,
        /// Whether the account is verified.
        #[cfg_attr(
            feature = "schemars",
            serde(rename = "isVerified", skip_serializing_if = "Option::is_none")
        )]
        pub is_verified: ::std::option::Option<bool>,
        /// The last name.
        #[cfg_attr(
            feature = "schemars",
            serde(rename = "lastName", skip_serializing_if = "Option::is_none")
        )]
        pub last_name: ::std::option::Option<::std::string::String>,
        /// A 10-digit phone number with country code.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub phone: ::std::option::Option<::std::string::String>,
        /// The handle on this channel.
        #[cfg_attr(
            feature = "schemars",
            serde(rename = "userName", skip_serializing_if = "Option::is_none")
        )]
        pub user_name: ::std::option::Option<::std::string::String>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// The shopper on Instagram.
    #[derive(Clone, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "GatsbyInstagramInput"))]
    pub struct InstagramInput {
        /// The shopper's e-mail address.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub email: ::std::option::Option<::std::string::String>,
        /// The first name.
        #[cfg_attr(
            feature = "schemars",
            serde(rename = "firstName", skip_serializing_if = "Option::is_none")
        )]
        pub first_name: ::std::option::Option<::std::string::String>,
        /// First and last name together.
        #[cfg_attr(
            feature = "schemars",
            serde(rename = "fullName", skip_serializing_if = "Option::is_none")
        )]
        pub full_name: ::std::option::Option<::std::string::String>,
        /// The last name.
        #[cfg_attr(
            feature = "schemars",
            serde(rename = "lastName", skip_serializing_if = "Option::is_none")
        )]
        pub last_name: ::std::option::Option<::std::string::String>,
        /// A 10-digit phone number with country code.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub phone: ::std::option::Option<::std::string::String>,
        /// The handle on this channel.
        #[cfg_attr(
            feature = "schemars",
            serde(rename = "userName", skip_serializing_if = "Option::is_none")
        )]
        pub user_name: ::std::option::Option<::std::string::String>,
    }
    /// The shopper in other systems.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "GatsbyIntegrations"))]
    pub struct Integrations {
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        /// The shopper in Zinrelo, a loyalty system.
        pub zinrelo: ::std::option::Option<Zinrelo>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// The shopper in other systems.
    #[derive(Clone, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "GatsbyIntegrationsInput"))]
    pub struct IntegrationsInput {
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        /// The shopper in Zinrelo, a loyalty system.
        pub zinrelo: ::std::option::Option<ZinreloInput>,
    }
    /// A column that media can be sorted by.
    #[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "GatsbyMediaColumn"))]
    pub enum MediaColumn {
        #[cfg_attr(feature = "schemars", serde(rename = "like"))]
        /// `like` on the wire.
        Like,
        #[cfg_attr(feature = "schemars", serde(rename = "tiktokHandle"))]
        /// `tiktokHandle` on the wire.
        TiktokHandle,
        #[cfg_attr(feature = "schemars", serde(rename = "engagement"))]
        /// `engagement` on the wire.
        Engagement,
        #[cfg_attr(feature = "schemars", serde(rename = "publishDate"))]
        /// `publishDate` on the wire.
        PublishDate,
        #[cfg_attr(feature = "schemars", serde(rename = "handle"))]
        /// `handle` on the wire.
        Handle,
        #[cfg_attr(feature = "schemars", serde(rename = "followers"))]
        /// `followers` on the wire.
        Followers,
        #[cfg_attr(feature = "schemars", serde(rename = "addedDate"))]
        /// `addedDate` on the wire.
        AddedDate,
        #[cfg_attr(feature = "schemars", serde(rename = "mentionDate"))]
        /// `mentionDate` on the wire.
        MentionDate,
    }
    impl ::std::fmt::Display for MediaColumn {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Like => f.write_str("like"),
                Self::TiktokHandle => f.write_str("tiktokHandle"),
                Self::Engagement => f.write_str("engagement"),
                Self::PublishDate => f.write_str("publishDate"),
                Self::Handle => f.write_str("handle"),
                Self::Followers => f.write_str("followers"),
                Self::AddedDate => f.write_str("addedDate"),
                Self::MentionDate => f.write_str("mentionDate"),
            }
        }
    }
    impl ::std::str::FromStr for MediaColumn {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "like" => Ok(Self::Like),
                "tiktokHandle" => Ok(Self::TiktokHandle),
                "engagement" => Ok(Self::Engagement),
                "publishDate" => Ok(Self::PublishDate),
                "handle" => Ok(Self::Handle),
                "followers" => Ok(Self::Followers),
                "addedDate" => Ok(Self::AddedDate),
                "mentionDate" => Ok(Self::MentionDate),
                _ => {
                    Err(
                        "expected like or tiktokHandle or engagement or publishDate or handle or followers or addedDate or mentionDate"
                            .into(),
                    )
                }
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for MediaColumn {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for MediaColumn {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    /// A column that people can be sorted by.
    #[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "GatsbyPeopleColumn"))]
    pub enum PeopleColumn {
        #[cfg_attr(feature = "schemars", serde(rename = "addedDate"))]
        /// `addedDate` on the wire.
        AddedDate,
        #[cfg_attr(feature = "schemars", serde(rename = "mentionDate"))]
        /// `mentionDate` on the wire.
        MentionDate,
        #[cfg_attr(feature = "schemars", serde(rename = "captureDate"))]
        /// `captureDate` on the wire.
        CaptureDate,
        #[cfg_attr(feature = "schemars", serde(rename = "igHandle"))]
        /// `igHandle` on the wire.
        IgHandle,
        #[cfg_attr(feature = "schemars", serde(rename = "tiktokHandle"))]
        /// `tiktokHandle` on the wire.
        TiktokHandle,
        #[cfg_attr(feature = "schemars", serde(rename = "email"))]
        /// `email` on the wire.
        Email,
        #[cfg_attr(feature = "schemars", serde(rename = "igFollower"))]
        /// `igFollower` on the wire.
        IgFollower,
        #[cfg_attr(feature = "schemars", serde(rename = "followYou"))]
        /// `followYou` on the wire.
        FollowYou,
        #[cfg_attr(feature = "schemars", serde(rename = "igFollows"))]
        /// `igFollows` on the wire.
        IgFollows,
        #[cfg_attr(feature = "schemars", serde(rename = "tiktokFollower"))]
        /// `tiktokFollower` on the wire.
        TiktokFollower,
        #[cfg_attr(feature = "schemars", serde(rename = "tiktokHearts"))]
        /// `tiktokHearts` on the wire.
        TiktokHearts,
        #[cfg_attr(feature = "schemars", serde(rename = "gscore"))]
        /// `gscore` on the wire.
        Gscore,
        #[cfg_attr(feature = "schemars", serde(rename = "bio"))]
        /// `bio` on the wire.
        Bio,
        #[cfg_attr(feature = "schemars", serde(rename = "post"))]
        /// `post` on the wire.
        Post,
        #[cfg_attr(feature = "schemars", serde(rename = "tiktokFollows"))]
        /// `tiktokFollows` on the wire.
        TiktokFollows,
        #[cfg_attr(feature = "schemars", serde(rename = "tiktokVideos"))]
        /// `tiktokVideos` on the wire.
        TiktokVideos,
        #[cfg_attr(feature = "schemars", serde(rename = "tiktokBio"))]
        /// `tiktokBio` on the wire.
        TiktokBio,
        #[cfg_attr(feature = "schemars", serde(rename = "source"))]
        /// `source` on the wire.
        Source,
    }
    impl ::std::fmt::Display for PeopleColumn {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::AddedDate => f.write_str("addedDate"),
                Self::MentionDate => f.write_str("mentionDate"),
                Self::CaptureDate => f.write_str("captureDate"),
                Self::IgHandle => f.write_str("igHandle"),
                Self::TiktokHandle => f.write_str("tiktokHandle"),
                Self::Email => f.write_str("email"),
                Self::IgFollower => f.write_str("igFollower"),
                Self::FollowYou => f.write_str("followYou"),
                Self::IgFollows => f.write_str("igFollows"),
                Self::TiktokFollower => f.write_str("tiktokFollower"),
                Self::TiktokHearts => f.write_str("tiktokHearts"),
                Self::Gscore => f.write_str("gscore"),
                Self::Bio => f.write_str("bio"),
                Self::Post => f.write_str("post"),
                Self::TiktokFollows => f.write_str("tiktokFollows"),
                Self::TiktokVideos => f.write_str("tiktokVideos"),
                Self::TiktokBio => f.write_str("tiktokBio"),
                Self::Source => f.write_str("source"),
            }
        }
    }
    impl ::std::str::FromStr for PeopleColumn {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "addedDate" => Ok(Self::AddedDate),
                "mentionDate" => Ok(Self::MentionDate),
                "captureDate" => Ok(Self::CaptureDate),
                "igHandle" => Ok(Self::IgHandle),
                "tiktokHandle" => Ok(Self::TiktokHandle),
                "email" => Ok(Self::Email),
                "igFollower" => Ok(Self::IgFollower),
                "followYou" => Ok(Self::FollowYou),
                "igFollows" => Ok(Self::IgFollows),
                "tiktokFollower" => Ok(Self::TiktokFollower),
                "tiktokHearts" => Ok(Self::TiktokHearts),
                "gscore" => Ok(Self::Gscore),
                "bio" => Ok(Self::Bio),
                "post" => Ok(Self::Post),
                "tiktokFollows" => Ok(Self::TiktokFollows),
                "tiktokVideos" => Ok(Self::TiktokVideos),
                "tiktokBio" => Ok(Self::TiktokBio),
                "source" => Ok(Self::Source),
                _ => {
                    Err(
                        "expected addedDate or mentionDate or captureDate or igHandle or tiktokHandle or email or igFollower or followYou or igFollows or tiktokFollower or tiktokHearts or gscore or bio or post or tiktokFollows or tiktokVideos or tiktokBio or source"
                            .into(),
                    )
                }
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for PeopleColumn {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for PeopleColumn {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    /// A shopper as Gatsby has it.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "GatsbyShopper"))]
    pub struct Shopper {
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        /// How to reach the shopper, by social channel.
        pub channel: ::std::option::Option<Channel>,
        /// Gatsby's id of the shopper.
        #[cfg_attr(feature = "schemars", serde(rename = "_id"))]
        pub id: ::std::string::String,
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        /// The shopper in other systems.
        pub integrations: ::std::option::Option<Integrations>,
        /// Keywords of the shopper. Gatsby does not say where they come from.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub keywords: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// What is written of a shopper, by a create or an update.
    #[derive(Clone, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "GatsbyShopperInput"))]
    pub struct ShopperInput {
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        /// How to reach the shopper, by social channel.
        pub channel: ::std::option::Option<ChannelInput>,
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        /// The shopper in other systems.
        pub integrations: ::std::option::Option<IntegrationsInput>,
    }
    /// The direction of a sort.
    #[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "GatsbySortOrder"))]
    pub enum SortOrder {
        #[cfg_attr(feature = "schemars", serde(rename = "asc"))]
        /// `asc` on the wire.
        Asc,
        #[cfg_attr(feature = "schemars", serde(rename = "desc"))]
        /// `desc` on the wire.
        Desc,
    }
    impl ::std::fmt::Display for SortOrder {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Asc => f.write_str("asc"),
                Self::Desc => f.write_str("desc"),
            }
        }
    }
    impl ::std::str::FromStr for SortOrder {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "asc" => Ok(Self::Asc),
                "desc" => Ok(Self::Desc),
                _ => Err("expected asc or desc".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for SortOrder {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SortOrder {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    /// The shopper on TikTok. Gatsby keeps no phone number here.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "GatsbyTiktok"))]
    pub struct Tiktok {
        /// The shopper's e-mail address.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub email: ::std::option::Option<::std::string::String>,
        /// The first name.
        #[cfg_attr(
            feature = "schemars",
            serde(rename = "firstName", skip_serializing_if = "Option::is_none")
        )]
        pub first_name: ::std::option::Option<::std::string::String>,
        /// First and last name together.
        #[cfg_attr(
            feature = "schemars",
            serde(rename = "fullName", skip_serializing_if = "Option::is_none")
        )]
        pub full_name: ::std::option::Option<::std::string::String>,
        /// The last name.
        #[cfg_attr(
            feature = "schemars",
            serde(rename = "lastName", skip_serializing_if = "Option::is_none")
        )]
        pub last_name: ::std::option::Option<::std::string::String>,
        /// The handle on this channel.
        #[cfg_attr(
            feature = "schemars",
            serde(rename = "userName", skip_serializing_if = "Option::is_none")
        )]
        pub user_name: ::std::option::Option<::std::string::String>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// The shopper on TikTok. Gatsby keeps no phone number here.
    #[derive(Clone, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "GatsbyTiktokInput"))]
    pub struct TiktokInput {
        /// The shopper's e-mail address.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub email: ::std::option::Option<::std::string::String>,
        /// The first name.
        #[cfg_attr(
            feature = "schemars",
            serde(rename = "firstName", skip_serializing_if = "Option::is_none")
        )]
        pub first_name: ::std::option::Option<::std::string::String>,
        /// First and last name together.
        #[cfg_attr(
            feature = "schemars",
            serde(rename = "fullName", skip_serializing_if = "Option::is_none")
        )]
        pub full_name: ::std::option::Option<::std::string::String>,
        /// The last name.
        #[cfg_attr(
            feature = "schemars",
            serde(rename = "lastName", skip_serializing_if = "Option::is_none")
        )]
        pub last_name: ::std::option::Option<::std::string::String>,
        /// The handle on this channel.
        #[cfg_attr(
            feature = "schemars",
            serde(rename = "userName", skip_serializing_if = "Option::is_none")
        )]
        pub user_name: ::std::option::Option<::std::string::String>,
    }
    /// The shopper in Zinrelo, a loyalty system.
    #[derive(Clone, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "GatsbyZinrelo"))]
    pub struct Zinrelo {
        /// Zinrelo's `environment`. Gatsby does not say what it means.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub environment: ::std::option::Option<::std::string::String>,
        /// Zinrelo's `member_id`. Gatsby does not say what it means.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub member_id: ::std::option::Option<::std::string::String>,
        /// Zinrelo's `partner_id`. In Zinrelo's own snippet it is the id of the account.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub partner_id: ::std::option::Option<::std::string::String>,
        /// Zinrelo's `user_id`. In Zinrelo's own snippet it is the brand's id of the user.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub user_id: ::std::option::Option<::std::string::String>,
        #[cfg_attr(feature = "schemars", serde(flatten))]
        /// What was answered beyond what the document describes, or otherwise than it does.
        pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    }
    /// The shopper in Zinrelo, a loyalty system.
    #[derive(Clone, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(rename = "GatsbyZinreloInput"))]
    pub struct ZinreloInput {
        /// Zinrelo's `environment`. Gatsby does not say what it means.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub environment: ::std::option::Option<::std::string::String>,
        /// Zinrelo's `member_id`. Gatsby does not say what it means.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub member_id: ::std::option::Option<::std::string::String>,
        /// Zinrelo's `partner_id`. In Zinrelo's own snippet it is the id of the account.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub partner_id: ::std::option::Option<::std::string::String>,
        /// Zinrelo's `user_id`. In Zinrelo's own snippet it is the brand's id of the user.
        #[cfg_attr(feature = "schemars", serde(skip_serializing_if = "Option::is_none"))]
        pub user_id: ::std::option::Option<::std::string::String>,
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
    impl crate::fields::Answer for Channel {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
            Ok(Self {
                instagram: fields.part("instagram"),
                tiktok: fields.part("tiktok"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for Channel {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected an object")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for Channel {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("Channel");
            if let Some(value) = self.instagram.as_ref() {
                shown.field("instagram", value);
            }
            if let Some(value) = self.tiktok.as_ref() {
                shown.field("tiktok", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for Channel {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("instagram", &self.instagram)?;
            members.given("tiktok", &self.tiktok)?;
            members.rest(&self.extra)?;
            members.end()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for ChannelInput {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::body(
                deserializer,
                |fields| {
                    let read = Self {
                        instagram: fields.optional("instagram")?,
                        tiktok: fields.optional("tiktok")?,
                    };
                    Ok(read)
                },
            )
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for ChannelInput {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("ChannelInput");
            if let Some(value) = self.instagram.as_ref() {
                shown.field("instagram", value);
            }
            if let Some(value) = self.tiktok.as_ref() {
                shown.field("tiktok", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for ChannelInput {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("instagram", &self.instagram)?;
            members.given("tiktok", &self.tiktok)?;
            members.end()
        }
    }
    impl crate::fields::Answer for Instagram {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
            Ok(Self {
                email: fields.take("email"),
                first_name: fields.take("firstName"),
                full_name: fields.take("fullName"),
                is_verified: fields.take("isVerified"),
                last_name: fields.take("lastName"),
                phone: fields.take("phone"),
                user_name: fields.take("userName"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for Instagram {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected an object")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for Instagram {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("Instagram");
            if let Some(value) = self.email.is_some().then_some(&hidden) {
                shown.field("email", value);
            }
            if let Some(value) = self.first_name.is_some().then_some(&hidden) {
                shown.field("first_name", value);
            }
            if let Some(value) = self.full_name.is_some().then_some(&hidden) {
                shown.field("full_name", value);
            }
            if let Some(value) = self.is_verified.is_some().then_some(&hidden) {
                shown.field("is_verified", value);
            }
            if let Some(value) = self.last_name.is_some().then_some(&hidden) {
                shown.field("last_name", value);
            }
            if let Some(value) = self.phone.is_some().then_some(&hidden) {
                shown.field("phone", value);
            }
            if let Some(value) = self.user_name.is_some().then_some(&hidden) {
                shown.field("user_name", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for Instagram {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("email", &self.email)?;
            members.given("firstName", &self.first_name)?;
            members.given("fullName", &self.full_name)?;
            members.given("isVerified", &self.is_verified)?;
            members.given("lastName", &self.last_name)?;
            members.given("phone", &self.phone)?;
            members.given("userName", &self.user_name)?;
            members.rest(&self.extra)?;
            members.end()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for InstagramInput {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::body(
                deserializer,
                |fields| {
                    let read = Self {
                        email: fields.optional("email")?,
                        first_name: fields.optional("firstName")?,
                        full_name: fields.optional("fullName")?,
                        last_name: fields.optional("lastName")?,
                        phone: fields.optional("phone")?,
                        user_name: fields.optional("userName")?,
                    };
                    Ok(read)
                },
            )
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for InstagramInput {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("InstagramInput");
            if let Some(value) = self.email.is_some().then_some(&hidden) {
                shown.field("email", value);
            }
            if let Some(value) = self.first_name.is_some().then_some(&hidden) {
                shown.field("first_name", value);
            }
            if let Some(value) = self.full_name.is_some().then_some(&hidden) {
                shown.field("full_name", value);
            }
            if let Some(value) = self.last_name.is_some().then_some(&hidden) {
                shown.field("last_name", value);
            }
            if let Some(value) = self.phone.is_some().then_some(&hidden) {
                shown.field("phone", value);
            }
            if let Some(value) = self.user_name.is_some().then_some(&hidden) {
                shown.field("user_name", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for InstagramInput {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("email", &self.email)?;
            members.given("firstName", &self.first_name)?;
            members.given("fullName", &self.full_name)?;
            members.given("lastName", &self.last_name)?;
            members.given("phone", &self.phone)?;
            members.given("userName", &self.user_name)?;
            members.end()
        }
    }
    impl crate::fields::Answer for Integrations {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
            Ok(Self {
                zinrelo: fields.part("zinrelo"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for Integrations {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected an object")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for Integrations {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("Integrations");
            if let Some(value) = self.zinrelo.as_ref() {
                shown.field("zinrelo", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for Integrations {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("zinrelo", &self.zinrelo)?;
            members.rest(&self.extra)?;
            members.end()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for IntegrationsInput {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::body(
                deserializer,
                |fields| {
                    let read = Self {
                        zinrelo: fields.optional("zinrelo")?,
                    };
                    Ok(read)
                },
            )
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for IntegrationsInput {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("IntegrationsInput");
            if let Some(value) = self.zinrelo.as_ref() {
                shown.field("zinrelo", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for IntegrationsInput {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("zinrelo", &self.zinrelo)?;
            members.end()
        }
    }
    /// Shows the type, never what it holds.
    impl ::std::fmt::Debug for MediaColumn {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.write_str("MediaColumn(..)")
        }
    }
    impl<'de> ::serde::Deserialize<'de> for MediaColumn {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::word(
                deserializer,
                "expected like or tiktokHandle or engagement or publishDate or handle or followers or addedDate or mentionDate",
            )
        }
    }
    impl ::serde::Serialize for MediaColumn {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }
    /// Shows the type, never what it holds.
    impl ::std::fmt::Debug for PeopleColumn {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.write_str("PeopleColumn(..)")
        }
    }
    impl<'de> ::serde::Deserialize<'de> for PeopleColumn {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::word(
                deserializer,
                "expected addedDate or mentionDate or captureDate or igHandle or tiktokHandle or email or igFollower or followYou or igFollows or tiktokFollower or tiktokHearts or gscore or bio or post or tiktokFollows or tiktokVideos or tiktokBio or source",
            )
        }
    }
    impl ::serde::Serialize for PeopleColumn {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }
    impl crate::fields::Answer for Shopper {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
            let (Some(required_0),) = (fields.get("_id"),) else {
                return Err(fields);
            };
            fields.remove("_id");
            Ok(Self {
                channel: fields.part("channel"),
                id: required_0,
                integrations: fields.part("integrations"),
                keywords: fields.take("keywords"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for Shopper {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected `_id` as described")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for Shopper {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("Shopper");
            if let Some(value) = self.channel.as_ref() {
                shown.field("channel", value);
            }
            if let Some(value) = Some(&hidden) {
                shown.field("id", value);
            }
            if let Some(value) = self.integrations.as_ref() {
                shown.field("integrations", value);
            }
            if let Some(value) = self.keywords.is_some().then_some(&hidden) {
                shown.field("keywords", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
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
            members.given("channel", &self.channel)?;
            members.always("_id", &self.id)?;
            members.given("integrations", &self.integrations)?;
            members.given("keywords", &self.keywords)?;
            members.rest(&self.extra)?;
            members.end()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for ShopperInput {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::body(
                deserializer,
                |fields| {
                    let read = Self {
                        channel: fields.optional("channel")?,
                        integrations: fields.optional("integrations")?,
                    };
                    Ok(read)
                },
            )
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for ShopperInput {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("ShopperInput");
            if let Some(value) = self.channel.as_ref() {
                shown.field("channel", value);
            }
            if let Some(value) = self.integrations.as_ref() {
                shown.field("integrations", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for ShopperInput {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("channel", &self.channel)?;
            members.given("integrations", &self.integrations)?;
            members.end()
        }
    }
    /// Shows the type, never what it holds.
    impl ::std::fmt::Debug for SortOrder {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.write_str("SortOrder(..)")
        }
    }
    impl<'de> ::serde::Deserialize<'de> for SortOrder {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::word(deserializer, "expected asc or desc")
        }
    }
    impl ::serde::Serialize for SortOrder {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }
    impl crate::fields::Answer for Tiktok {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
            Ok(Self {
                email: fields.take("email"),
                first_name: fields.take("firstName"),
                full_name: fields.take("fullName"),
                last_name: fields.take("lastName"),
                user_name: fields.take("userName"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for Tiktok {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected an object")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for Tiktok {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("Tiktok");
            if let Some(value) = self.email.is_some().then_some(&hidden) {
                shown.field("email", value);
            }
            if let Some(value) = self.first_name.is_some().then_some(&hidden) {
                shown.field("first_name", value);
            }
            if let Some(value) = self.full_name.is_some().then_some(&hidden) {
                shown.field("full_name", value);
            }
            if let Some(value) = self.last_name.is_some().then_some(&hidden) {
                shown.field("last_name", value);
            }
            if let Some(value) = self.user_name.is_some().then_some(&hidden) {
                shown.field("user_name", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for Tiktok {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("email", &self.email)?;
            members.given("firstName", &self.first_name)?;
            members.given("fullName", &self.full_name)?;
            members.given("lastName", &self.last_name)?;
            members.given("userName", &self.user_name)?;
            members.rest(&self.extra)?;
            members.end()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for TiktokInput {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::body(
                deserializer,
                |fields| {
                    let read = Self {
                        email: fields.optional("email")?,
                        first_name: fields.optional("firstName")?,
                        full_name: fields.optional("fullName")?,
                        last_name: fields.optional("lastName")?,
                        user_name: fields.optional("userName")?,
                    };
                    Ok(read)
                },
            )
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for TiktokInput {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("TiktokInput");
            if let Some(value) = self.email.is_some().then_some(&hidden) {
                shown.field("email", value);
            }
            if let Some(value) = self.first_name.is_some().then_some(&hidden) {
                shown.field("first_name", value);
            }
            if let Some(value) = self.full_name.is_some().then_some(&hidden) {
                shown.field("full_name", value);
            }
            if let Some(value) = self.last_name.is_some().then_some(&hidden) {
                shown.field("last_name", value);
            }
            if let Some(value) = self.user_name.is_some().then_some(&hidden) {
                shown.field("user_name", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for TiktokInput {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("email", &self.email)?;
            members.given("firstName", &self.first_name)?;
            members.given("fullName", &self.full_name)?;
            members.given("lastName", &self.last_name)?;
            members.given("userName", &self.user_name)?;
            members.end()
        }
    }
    impl crate::fields::Answer for Zinrelo {
        #[inline]
        fn read(
            #[allow(unused_mut)]
            mut fields: crate::fields::Fields<'_>,
        ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
            Ok(Self {
                environment: fields.take("environment"),
                member_id: fields.take("member_id"),
                partner_id: fields.take("partner_id"),
                user_id: fields.take("user_id"),
                extra: fields.left(),
            })
        }
    }
    impl<'de> ::serde::Deserialize<'de> for Zinrelo {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::answer(deserializer, "expected an object")
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for Zinrelo {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("Zinrelo");
            if let Some(value) = self.environment.is_some().then_some(&hidden) {
                shown.field("environment", value);
            }
            if let Some(value) = self.member_id.is_some().then_some(&hidden) {
                shown.field("member_id", value);
            }
            if let Some(value) = self.partner_id.is_some().then_some(&hidden) {
                shown.field("partner_id", value);
            }
            if let Some(value) = self.user_id.is_some().then_some(&hidden) {
                shown.field("user_id", value);
            }
            if let Some(value) = (!self.extra.is_empty()).then_some(&hidden) {
                shown.field("extra", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for Zinrelo {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("environment", &self.environment)?;
            members.given("member_id", &self.member_id)?;
            members.given("partner_id", &self.partner_id)?;
            members.given("user_id", &self.user_id)?;
            members.rest(&self.extra)?;
            members.end()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for ZinreloInput {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::fields::body(
                deserializer,
                |fields| {
                    let read = Self {
                        environment: fields.optional("environment")?,
                        member_id: fields.optional("member_id")?,
                        partner_id: fields.optional("partner_id")?,
                        user_id: fields.optional("user_id")?,
                    };
                    Ok(read)
                },
            )
        }
    }
    /// Shows which fields are set, and never what they hold.
    impl ::std::fmt::Debug for ZinreloInput {
        #[inline]
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            #[allow(unused_variables)]
            let hidden = ::std::format_args!("..");
            let mut shown = f.debug_struct("ZinreloInput");
            if let Some(value) = self.environment.is_some().then_some(&hidden) {
                shown.field("environment", value);
            }
            if let Some(value) = self.member_id.is_some().then_some(&hidden) {
                shown.field("member_id", value);
            }
            if let Some(value) = self.partner_id.is_some().then_some(&hidden) {
                shown.field("partner_id", value);
            }
            if let Some(value) = self.user_id.is_some().then_some(&hidden) {
                shown.field("user_id", value);
            }
            shown.finish_non_exhaustive()
        }
    }
    impl ::serde::Serialize for ZinreloInput {
        fn serialize<S: ::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            let mut members = crate::fields::Members::of(serializer)?;
            members.given("environment", &self.environment)?;
            members.given("member_id", &self.member_id)?;
            members.given("partner_id", &self.partner_id)?;
            members.given("user_id", &self.user_id)?;
            members.end()
        }
    }
}
#[derive(Clone, Debug)]
/// Client for Gatsby Shopper API
///
/// Creates, gets, searches, updates and deletes the shoppers of a brand.
///
/// Version: 1.1
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
        "1.1"
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
    /// Searches for shoppers by email, phone or username
    ///
    /// Takes one of email, phone and username. With the header version 1.1 the answer is an array of all matching shoppers; without it, one of them.
    ///
    /// Sends a `GET` request to `/public/shopper`
    ///
    /// Arguments:
    /// \- `email`
    /// \- `phone`: With country code. Its plus sign has to be encoded.
    /// \- `username`: All lower case here; bodies spell it userName.
    /// \- `version`: Without it Gatsby picks one of all matches.
    pub async fn search_shoppers<'a>(
        &'a self,
        email: Option<&'a str>,
        phone: Option<&'a str>,
        username: Option<&'a str>,
        version: &'a str,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self.inner.url("/public/shopper");
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map.append("version", version.to_string().try_into()?);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .query(&progenitor_client::QueryParam::new("email", &email))
            .query(&progenitor_client::QueryParam::new("phone", &phone))
            .query(&progenitor_client::QueryParam::new("username", &username))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "search_shoppers",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /// Creates a shopper
    ///
    /// At least one of email, phone and userName must be given, and a phone has to be E.164. Sent twice, it may make two shoppers, so it is not sent again once it may have been carried out: after an error that is ambiguous, search before the next create, or leave that to `ensure_shopper`.
    ///
    /// Sends a `POST` request to `/public/shopper`
    pub async fn create_shopper<'a>(
        &'a self,
        body: &'a types::ShopperInput,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self.inner.url("/public/shopper");
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(::reqwest::header::CONTENT_TYPE, crate::auth::JSON)
            .body(crate::auth::json(&body).map_err(Error::InvalidRequest)?)
            .build()?;
        let info = OperationInfo {
            operation_id: "create_shopper",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /// Gets a shopper by its id
    ///
    /// Sends a `GET` request to `/public/shopper/{id}`
    ///
    /// Arguments:
    /// \- `id`: The `_id` of the shopper.
    pub async fn get_shopper<'a>(
        &'a self,
        id: &'a str,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self
            .inner
            .url(&format!("/public/shopper/{}", encode_path(& id.to_string())));
        #[allow(unused_mut)]
        let mut request = self.client.get(url).build()?;
        let info = OperationInfo {
            operation_id: "get_shopper",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /// Deletes a shopper by its id
    ///
    /// Sends a `DELETE` request to `/public/shopper/{id}`
    ///
    /// Arguments:
    /// \- `id`: The `_id` of the shopper.
    pub async fn delete_shopper<'a>(
        &'a self,
        id: &'a str,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self
            .inner
            .url(&format!("/public/shopper/{}", encode_path(& id.to_string())));
        #[allow(unused_mut)]
        let mut request = self.client.delete(url).build()?;
        let info = OperationInfo {
            operation_id: "delete_shopper",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /// Updates a shopper by its id
    ///
    /// Sends a `PATCH` request to `/public/shopper/{id}`
    ///
    /// Arguments:
    /// \- `id`: The `_id` of the shopper.
    /// \- `body`
    pub async fn update_shopper<'a>(
        &'a self,
        id: &'a str,
        body: &'a types::ShopperInput,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self
            .inner
            .url(&format!("/public/shopper/{}", encode_path(& id.to_string())));
        #[allow(unused_mut)]
        let mut request = self
            .client
            .patch(url)
            .header(::reqwest::header::CONTENT_TYPE, crate::auth::JSON)
            .body(crate::auth::json(&body).map_err(Error::InvalidRequest)?)
            .build()?;
        let info = OperationInfo {
            operation_id: "update_shopper",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /// Exports media
    ///
    /// Without a parameter, all media of the brand at once.
    ///
    /// Sends a `GET` request to `/v2/export/media`
    ///
    /// Arguments:
    /// \- `capture_date`: The first day on which a person was captured, as MM-DD-YYYY in GMT. That the day itself counts is not documented.
    /// \- `capture_end_date`: The last day on which a person was captured, as MM-DD-YYYY.
    /// \- `limit`: The number of records on a page; 20 in the example. Default and maximum are not documented.
    /// \- `mention_date`: The first day of the mention, as MM-DD-YYYY.
    /// \- `mention_end_date`: The last day of the mention, as MM-DD-YYYY.
    /// \- `order`: The direction to sort in.
    /// \- `page`: The number of the page; 1 in the example. How the last one is known is not documented.
    /// \- `sort_by_column`: The column to sort by.
    pub async fn export_media<'a>(
        &'a self,
        capture_date: Option<&'a crate::gatsby::Date>,
        capture_end_date: Option<&'a crate::gatsby::Date>,
        limit: Option<i64>,
        mention_date: Option<&'a crate::gatsby::Date>,
        mention_end_date: Option<&'a crate::gatsby::Date>,
        order: Option<types::SortOrder>,
        page: Option<i64>,
        sort_by_column: Option<types::MediaColumn>,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self.inner.url("/v2/export/media");
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .query(&progenitor_client::QueryParam::new("capture_date", &capture_date))
            .query(
                &progenitor_client::QueryParam::new(
                    "capture_end_date",
                    &capture_end_date,
                ),
            )
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .query(&progenitor_client::QueryParam::new("mention_date", &mention_date))
            .query(
                &progenitor_client::QueryParam::new(
                    "mention_end_date",
                    &mention_end_date,
                ),
            )
            .query(&progenitor_client::QueryParam::new("order", &order))
            .query(&progenitor_client::QueryParam::new("page", &page))
            .query(
                &progenitor_client::QueryParam::new("sort_by_column", &sort_by_column),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "export_media",
        };
        let result = self.exec(request, &info).await;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /// Exports people
    ///
    /// The stored copy of the page ends before it says what is answered without a parameter; of media it is all (not documented).
    ///
    /// Sends a `GET` request to `/v2/export/people`
    ///
    /// Arguments:
    /// \- `capture_date`: The first day on which a person was captured, as MM-DD-YYYY in GMT. That the day itself counts is not documented.
    /// \- `capture_end_date`: The last day on which a person was captured, as MM-DD-YYYY.
    /// \- `limit`: The number of records on a page; 20 in the example. Default and maximum are not documented.
    /// \- `mention_date`: The first day of the mention, as MM-DD-YYYY.
    /// \- `mention_end_date`: The last day of the mention, as MM-DD-YYYY.
    /// \- `order`: The direction to sort in.
    /// \- `page`: The number of the page; 1 in the example. How the last one is known is not documented.
    /// \- `sort_by_column`: The column to sort by.
    pub async fn export_people<'a>(
        &'a self,
        capture_date: Option<&'a crate::gatsby::Date>,
        capture_end_date: Option<&'a crate::gatsby::Date>,
        limit: Option<i64>,
        mention_date: Option<&'a crate::gatsby::Date>,
        mention_end_date: Option<&'a crate::gatsby::Date>,
        order: Option<types::SortOrder>,
        page: Option<i64>,
        sort_by_column: Option<types::PeopleColumn>,
    ) -> Result<::reqwest::Response, Error<()>> {
        let url = self.inner.url("/v2/export/people");
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .query(&progenitor_client::QueryParam::new("capture_date", &capture_date))
            .query(
                &progenitor_client::QueryParam::new(
                    "capture_end_date",
                    &capture_end_date,
                ),
            )
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .query(&progenitor_client::QueryParam::new("mention_date", &mention_date))
            .query(
                &progenitor_client::QueryParam::new(
                    "mention_end_date",
                    &mention_end_date,
                ),
            )
            .query(&progenitor_client::QueryParam::new("order", &order))
            .query(&progenitor_client::QueryParam::new("page", &page))
            .query(
                &progenitor_client::QueryParam::new("sort_by_column", &sort_by_column),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "export_people",
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
pub(crate) const PATHS: &[&str] = &["/public/shopper"];
#[cfg(feature = "client")]
pub(crate) const SEARCH_SHOPPERS: crate::Operation = crate::Operation {
    vendor: "gatsby",
    name: "search_shoppers",
    method: "GET",
    path: "/public/shopper",
    effect: crate::Effect::Read,
    idempotency: crate::Idempotency::Always,
    summary: "Searches for shoppers by email, phone or username",
    description: "Takes one of email, phone and username. With the header version 1.1 the answer is an array of all matching shoppers; without it, one of them.",
    document: "specs/gatsby/shopper_api.yaml",
    parameters: &[
        crate::Parameter {
            name: "email",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "",
        },
        crate::Parameter {
            name: "phone",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "With country code. Its plus sign has to be encoded.",
        },
        crate::Parameter {
            name: "username",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "All lower case here; bodies spell it userName.",
        },
    ],
    body: None,
    is_paged: false,
};
/// The optional parameters of [`search_shoppers`](super::Client::search_shoppers). All that is `None` is not sent.
#[cfg(feature = "client")]
#[derive(Clone, Default, PartialEq)]
pub struct SearchShoppers {
    /// The parameter `email`.
    pub email: ::std::option::Option<::std::string::String>,
    /// With country code. Its plus sign has to be encoded.
    pub phone: ::std::option::Option<::std::string::String>,
    /// All lower case here; bodies spell it userName.
    pub username: ::std::option::Option<::std::string::String>,
}
/// Shows which fields are set, and never what they hold.
#[cfg(feature = "client")]
impl ::std::fmt::Debug for SearchShoppers {
    #[inline]
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        #[allow(unused_variables)]
        let hidden = ::std::format_args!("..");
        let mut shown = f.debug_struct("SearchShoppers");
        if let Some(value) = self.email.is_some().then_some(&hidden) {
            shown.field("email", value);
        }
        if let Some(value) = self.phone.is_some().then_some(&hidden) {
            shown.field("phone", value);
        }
        if let Some(value) = self.username.is_some().then_some(&hidden) {
            shown.field("username", value);
        }
        shown.finish_non_exhaustive()
    }
}
#[cfg(feature = "client")]
pub(crate) const CREATE_SHOPPER: crate::Operation = crate::Operation {
    vendor: "gatsby",
    name: "create_shopper",
    method: "POST",
    path: "/public/shopper",
    effect: crate::Effect::Write,
    idempotency: crate::Idempotency::Never,
    summary: "Creates a shopper",
    description: "At least one of email, phone and userName must be given, and a phone has to be E.164. Sent twice, it may make two shoppers, so it is not sent again once it may have been carried out: after an error that is ambiguous, search before the next create, or leave that to `ensure_shopper`.",
    document: "specs/gatsby/shopper_api.yaml",
    parameters: &[],
    body: Some(crate::RequestBody {
        envelope: None,
    }),
    is_paged: false,
};
#[cfg(feature = "client")]
pub(crate) const DELETE_SHOPPER: crate::Operation = crate::Operation {
    vendor: "gatsby",
    name: "delete_shopper",
    method: "DELETE",
    path: "/public/shopper/{id}",
    effect: crate::Effect::Write,
    idempotency: crate::Idempotency::Always,
    summary: "Deletes a shopper by its id",
    description: "",
    document: "specs/gatsby/shopper_api.yaml",
    parameters: &[
        crate::Parameter {
            name: "id",
            location: crate::ParameterLocation::Path,
            is_required: true,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The `_id` of the shopper.",
        },
    ],
    body: None,
    is_paged: false,
};
#[cfg(feature = "client")]
pub(crate) const GET_SHOPPER: crate::Operation = crate::Operation {
    vendor: "gatsby",
    name: "get_shopper",
    method: "GET",
    path: "/public/shopper/{id}",
    effect: crate::Effect::Read,
    idempotency: crate::Idempotency::Always,
    summary: "Gets a shopper by its id",
    description: "",
    document: "specs/gatsby/shopper_api.yaml",
    parameters: &[
        crate::Parameter {
            name: "id",
            location: crate::ParameterLocation::Path,
            is_required: true,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The `_id` of the shopper.",
        },
    ],
    body: None,
    is_paged: false,
};
#[cfg(feature = "client")]
pub(crate) const UPDATE_SHOPPER: crate::Operation = crate::Operation {
    vendor: "gatsby",
    name: "update_shopper",
    method: "PATCH",
    path: "/public/shopper/{id}",
    effect: crate::Effect::Write,
    idempotency: crate::Idempotency::Always,
    summary: "Updates a shopper by its id",
    description: "",
    document: "specs/gatsby/shopper_api.yaml",
    parameters: &[
        crate::Parameter {
            name: "id",
            location: crate::ParameterLocation::Path,
            is_required: true,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The `_id` of the shopper.",
        },
    ],
    body: Some(crate::RequestBody {
        envelope: None,
    }),
    is_paged: false,
};
#[cfg(feature = "client")]
pub(crate) const EXPORT_MEDIA: crate::Operation = crate::Operation {
    vendor: "gatsby",
    name: "export_media",
    method: "GET",
    path: "/v2/export/media",
    effect: crate::Effect::Read,
    idempotency: crate::Idempotency::Always,
    summary: "Exports media",
    description: "Without a parameter, all media of the brand at once.",
    document: "specs/gatsby/v2_export_media.yaml",
    parameters: &[
        crate::Parameter {
            name: "capture_date",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The first day on which a person was captured, as MM-DD-YYYY in GMT. That the day itself counts is not documented.",
        },
        crate::Parameter {
            name: "capture_end_date",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The last day on which a person was captured, as MM-DD-YYYY.",
        },
        crate::Parameter {
            name: "mention_date",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The first day of the mention, as MM-DD-YYYY.",
        },
        crate::Parameter {
            name: "mention_end_date",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The last day of the mention, as MM-DD-YYYY.",
        },
        crate::Parameter {
            name: "order",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &["asc", "desc"],
            excludes: &[],
            description: "The direction to sort in.",
        },
        crate::Parameter {
            name: "sort_by_column",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[
                "like",
                "tiktokHandle",
                "engagement",
                "publishDate",
                "handle",
                "followers",
                "addedDate",
                "mentionDate",
            ],
            excludes: &[],
            description: "The column to sort by.",
        },
        crate::Parameter {
            name: "page",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of the page; 1 in the example. How the last one is known is not documented.",
        },
        crate::Parameter {
            name: "limit",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of records on a page; 20 in the example. Default and maximum are not documented.",
        },
    ],
    body: None,
    is_paged: false,
};
/// The optional parameters of [`export_media`](super::Client::export_media). All that is `None` is not sent.
#[cfg(feature = "client")]
#[derive(Clone, Default, PartialEq)]
pub struct ExportMedia {
    /// The first day on which a person was captured, as MM-DD-YYYY in GMT. That the day itself counts is not documented.
    pub capture_date: ::std::option::Option<crate::gatsby::Date>,
    /// The last day on which a person was captured, as MM-DD-YYYY.
    pub capture_end_date: ::std::option::Option<crate::gatsby::Date>,
    /// The number of records on a page; 20 in the example. Default and maximum are not documented.
    pub limit: ::std::option::Option<i64>,
    /// The first day of the mention, as MM-DD-YYYY.
    pub mention_date: ::std::option::Option<crate::gatsby::Date>,
    /// The last day of the mention, as MM-DD-YYYY.
    pub mention_end_date: ::std::option::Option<crate::gatsby::Date>,
    /// The direction to sort in.
    pub order: ::std::option::Option<types::SortOrder>,
    /// The number of the page; 1 in the example. How the last one is known is not documented.
    pub page: ::std::option::Option<i64>,
    /// The column to sort by.
    pub sort_by_column: ::std::option::Option<types::MediaColumn>,
}
/// Shows which fields are set, and never what they hold.
#[cfg(feature = "client")]
impl ::std::fmt::Debug for ExportMedia {
    #[inline]
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        #[allow(unused_variables)]
        let hidden = ::std::format_args!("..");
        let mut shown = f.debug_struct("ExportMedia");
        if let Some(value) = self.capture_date.is_some().then_some(&hidden) {
            shown.field("capture_date", value);
        }
        if let Some(value) = self.capture_end_date.is_some().then_some(&hidden) {
            shown.field("capture_end_date", value);
        }
        if let Some(value) = self.limit.is_some().then_some(&hidden) {
            shown.field("limit", value);
        }
        if let Some(value) = self.mention_date.is_some().then_some(&hidden) {
            shown.field("mention_date", value);
        }
        if let Some(value) = self.mention_end_date.is_some().then_some(&hidden) {
            shown.field("mention_end_date", value);
        }
        if let Some(value) = self.order.is_some().then_some(&hidden) {
            shown.field("order", value);
        }
        if let Some(value) = self.page.is_some().then_some(&hidden) {
            shown.field("page", value);
        }
        if let Some(value) = self.sort_by_column.is_some().then_some(&hidden) {
            shown.field("sort_by_column", value);
        }
        shown.finish_non_exhaustive()
    }
}
#[cfg(feature = "client")]
pub(crate) const EXPORT_PEOPLE: crate::Operation = crate::Operation {
    vendor: "gatsby",
    name: "export_people",
    method: "GET",
    path: "/v2/export/people",
    effect: crate::Effect::Read,
    idempotency: crate::Idempotency::Always,
    summary: "Exports people",
    description: "The stored copy of the page ends before it says what is answered without a parameter; of media it is all (not documented).",
    document: "specs/gatsby/v2_export_people.yaml",
    parameters: &[
        crate::Parameter {
            name: "capture_date",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The first day on which a person was captured, as MM-DD-YYYY in GMT. That the day itself counts is not documented.",
        },
        crate::Parameter {
            name: "capture_end_date",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The last day on which a person was captured, as MM-DD-YYYY.",
        },
        crate::Parameter {
            name: "mention_date",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The first day of the mention, as MM-DD-YYYY.",
        },
        crate::Parameter {
            name: "mention_end_date",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[],
            excludes: &[],
            description: "The last day of the mention, as MM-DD-YYYY.",
        },
        crate::Parameter {
            name: "order",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &["asc", "desc"],
            excludes: &[],
            description: "The direction to sort in.",
        },
        crate::Parameter {
            name: "sort_by_column",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Text,
            values: &[
                "addedDate",
                "mentionDate",
                "captureDate",
                "igHandle",
                "tiktokHandle",
                "email",
                "igFollower",
                "followYou",
                "igFollows",
                "tiktokFollower",
                "tiktokHearts",
                "gscore",
                "bio",
                "post",
                "tiktokFollows",
                "tiktokVideos",
                "tiktokBio",
                "source",
            ],
            excludes: &[],
            description: "The column to sort by.",
        },
        crate::Parameter {
            name: "page",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of the page; 1 in the example. How the last one is known is not documented.",
        },
        crate::Parameter {
            name: "limit",
            location: crate::ParameterLocation::Query,
            is_required: false,
            kind: crate::ParameterKind::Integer,
            values: &[],
            excludes: &[],
            description: "The number of records on a page; 20 in the example. Default and maximum are not documented.",
        },
    ],
    body: None,
    is_paged: false,
};
/// The optional parameters of [`export_people`](super::Client::export_people). All that is `None` is not sent.
#[cfg(feature = "client")]
#[derive(Clone, Default, PartialEq)]
pub struct ExportPeople {
    /// The first day on which a person was captured, as MM-DD-YYYY in GMT. That the day itself counts is not documented.
    pub capture_date: ::std::option::Option<crate::gatsby::Date>,
    /// The last day on which a person was captured, as MM-DD-YYYY.
    pub capture_end_date: ::std::option::Option<crate::gatsby::Date>,
    /// The number of records on a page; 20 in the example. Default and maximum are not documented.
    pub limit: ::std::option::Option<i64>,
    /// The first day of the mention, as MM-DD-YYYY.
    pub mention_date: ::std::option::Option<crate::gatsby::Date>,
    /// The last day of the mention, as MM-DD-YYYY.
    pub mention_end_date: ::std::option::Option<crate::gatsby::Date>,
    /// The direction to sort in.
    pub order: ::std::option::Option<types::SortOrder>,
    /// The number of the page; 1 in the example. How the last one is known is not documented.
    pub page: ::std::option::Option<i64>,
    /// The column to sort by.
    pub sort_by_column: ::std::option::Option<types::PeopleColumn>,
}
/// Shows which fields are set, and never what they hold.
#[cfg(feature = "client")]
impl ::std::fmt::Debug for ExportPeople {
    #[inline]
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        #[allow(unused_variables)]
        let hidden = ::std::format_args!("..");
        let mut shown = f.debug_struct("ExportPeople");
        if let Some(value) = self.capture_date.is_some().then_some(&hidden) {
            shown.field("capture_date", value);
        }
        if let Some(value) = self.capture_end_date.is_some().then_some(&hidden) {
            shown.field("capture_end_date", value);
        }
        if let Some(value) = self.limit.is_some().then_some(&hidden) {
            shown.field("limit", value);
        }
        if let Some(value) = self.mention_date.is_some().then_some(&hidden) {
            shown.field("mention_date", value);
        }
        if let Some(value) = self.mention_end_date.is_some().then_some(&hidden) {
            shown.field("mention_end_date", value);
        }
        if let Some(value) = self.order.is_some().then_some(&hidden) {
            shown.field("order", value);
        }
        if let Some(value) = self.page.is_some().then_some(&hidden) {
            shown.field("page", value);
        }
        if let Some(value) = self.sort_by_column.is_some().then_some(&hidden) {
            shown.field("sort_by_column", value);
        }
        shown.finish_non_exhaustive()
    }
}
/// Every operation that the vendor's documents have.
#[cfg(feature = "client")]
pub const OPERATIONS: &[crate::Operation] = &[
    SEARCH_SHOPPERS,
    CREATE_SHOPPER,
    DELETE_SHOPPER,
    GET_SHOPPER,
    UPDATE_SHOPPER,
    EXPORT_MEDIA,
    EXPORT_PEOPLE,
];
/// The operations that take the key in another header than `Authorization`, and that header.
#[cfg(feature = "client")]
pub(crate) const KEY_HEADERS: &[(&str, &str)] = &[
    ("export_media", "apikey"),
    ("export_people", "apikey"),
];
/// Sends each operation, and leaves its answer to be read.
#[cfg(feature = "client")]
pub(crate) mod send {
    #[allow(unused_imports)]
    use super::*;
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn search_shoppers(
        client: &super::super::Client,
        query: &SearchShoppers,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        client
            .call(
                &SEARCH_SHOPPERS,
                SEARCH_SHOPPERS.idempotency,
                |generated| {
                    generated
                        .search_shoppers(
                            query.email.as_deref(),
                            query.phone.as_deref(),
                            query.username.as_deref(),
                            "1.1",
                        )
                },
            )
            .await
    }
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn create_shopper(
        client: &super::super::Client,
        shopper: &types::ShopperInput,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        crate::validation::check(&CREATE_SHOPPER, shopper)?;
        client
            .call(
                &CREATE_SHOPPER,
                CREATE_SHOPPER.idempotency,
                |generated| generated.create_shopper(shopper),
            )
            .await
    }
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn delete_shopper(
        client: &super::super::Client,
        id: &str,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        crate::validation::check_segment(
            &DELETE_SHOPPER,
            id,
            "`id` is empty, `.`, `..`, or holds a slash; it is one segment of the path",
        )?;
        client
            .call(
                &DELETE_SHOPPER,
                DELETE_SHOPPER.idempotency,
                |generated| generated.delete_shopper(id),
            )
            .await
    }
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn get_shopper(
        client: &super::super::Client,
        id: &str,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        crate::validation::check_segment(
            &GET_SHOPPER,
            id,
            "`id` is empty, `.`, `..`, or holds a slash; it is one segment of the path",
        )?;
        client
            .call(
                &GET_SHOPPER,
                GET_SHOPPER.idempotency,
                |generated| generated.get_shopper(id),
            )
            .await
    }
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn update_shopper(
        client: &super::super::Client,
        id: &str,
        shopper: &types::ShopperInput,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        crate::validation::check_segment(
            &UPDATE_SHOPPER,
            id,
            "`id` is empty, `.`, `..`, or holds a slash; it is one segment of the path",
        )?;
        crate::validation::check(&UPDATE_SHOPPER, shopper)?;
        client
            .call(
                &UPDATE_SHOPPER,
                UPDATE_SHOPPER.idempotency,
                |generated| generated.update_shopper(id, shopper),
            )
            .await
    }
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn export_media(
        client: &super::super::Client,
        query: &ExportMedia,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        client
            .call(
                &EXPORT_MEDIA,
                EXPORT_MEDIA.idempotency,
                |generated| {
                    generated
                        .export_media(
                            query.capture_date.as_ref(),
                            query.capture_end_date.as_ref(),
                            query.limit,
                            query.mention_date.as_ref(),
                            query.mention_end_date.as_ref(),
                            query.order,
                            query.page,
                            query.sort_by_column,
                        )
                },
            )
            .await
    }
    #[allow(clippy::too_many_arguments)]
    pub(crate) async fn export_people(
        client: &super::super::Client,
        query: &ExportPeople,
    ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
        client
            .call(
                &EXPORT_PEOPLE,
                EXPORT_PEOPLE.idempotency,
                |generated| {
                    generated
                        .export_people(
                            query.capture_date.as_ref(),
                            query.capture_end_date.as_ref(),
                            query.limit,
                            query.mention_date.as_ref(),
                            query.mention_end_date.as_ref(),
                            query.order,
                            query.page,
                            query.sort_by_column,
                        )
                },
            )
            .await
    }
}
/// The JSON Schema (2020-12) of the body that an operation takes, without its envelope; `None` for one without.
#[cfg(all(feature = "client", feature = "schemars"))]
pub fn body_schema(operation: &str) -> ::std::option::Option<::schemars::Schema> {
    match operation {
        "create_shopper" => Some(::schemars::schema_for!(types::ShopperInput)),
        "update_shopper" => Some(::schemars::schema_for!(types::ShopperInput)),
        _ => None,
    }
}
/// The JSON Schema (2020-12) of an operation's answer; `None` for one without.
#[cfg(all(feature = "client", feature = "schemars"))]
pub fn answer_schema(operation: &str) -> ::std::option::Option<::schemars::Schema> {
    match operation {
        "search_shoppers" => {
            Some(::schemars::schema_for!(::std::vec::Vec < types::Shopper >))
        }
        "get_shopper" => Some(::schemars::schema_for!(types::Shopper)),
        "export_media" => Some(::schemars::schema_for!(::serde_json::Value)),
        "export_people" => Some(::schemars::schema_for!(::serde_json::Value)),
        _ => None,
    }
}
#[cfg(feature = "client")]
impl super::Client {
    /// Creates a shopper.
    ///
    /// At least one of email, phone and userName must be given, and a phone has to be E.164. Sent twice, it may make two shoppers, so it is not sent again once it may have been carried out: after an error that is ambiguous, search before the next create, or leave that to `ensure_shopper`.
    ///
    /// Sends `POST /public/shopper`, as specs/gatsby/shopper_api.yaml describes it.
    ///
    /// # Errors
    ///
    /// - A body that breaks a rule which is checked here: [`is_invalid`](crate::Error::is_invalid), nothing was sent.
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
    pub async fn create_shopper(
        &self,
        shopper: &types::ShopperInput,
    ) -> ::std::result::Result<super::WriteResponse, crate::Error> {
        super::WriteResponse::read(send::create_shopper(self, shopper).await?)
    }
    /// Gets a shopper by its id.
    ///
    /// - `id`: The `_id` of the shopper.
    ///
    /// Sends `GET /public/shopper/{id}`, as specs/gatsby/shopper_api.yaml describes it.
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
    pub async fn get_shopper(
        &self,
        id: &str,
    ) -> ::std::result::Result<types::Shopper, crate::Error> {
        send::get_shopper(self, id).await?.json()
    }
    /// Updates a shopper by its id.
    ///
    /// - `id`: The `_id` of the shopper.
    ///
    /// Sends `PATCH /public/shopper/{id}`, as specs/gatsby/shopper_api.yaml describes it.
    ///
    /// # Errors
    ///
    /// - A value that cannot stand in a path, or a body that breaks a rule which is checked here: [`is_invalid`](crate::Error::is_invalid), nothing was sent.
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
    pub async fn update_shopper(
        &self,
        id: &str,
        shopper: &types::ShopperInput,
    ) -> ::std::result::Result<super::WriteResponse, crate::Error> {
        super::WriteResponse::read(send::update_shopper(self, id, shopper).await?)
    }
    /// Exports media.
    ///
    /// Without a parameter, all media of the brand at once.
    ///
    /// Sends `GET /v2/export/media`, as specs/gatsby/v2_export_media.yaml describes it.
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
    pub async fn export_media(
        &self,
        query: &ExportMedia,
    ) -> ::std::result::Result<::serde_json::Value, crate::Error> {
        send::export_media(self, query).await?.json()
    }
    /// Exports people.
    ///
    /// The stored copy of the page ends before it says what is answered without a parameter; of media it is all (not documented).
    ///
    /// Sends `GET /v2/export/people`, as specs/gatsby/v2_export_people.yaml describes it.
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
    pub async fn export_people(
        &self,
        query: &ExportPeople,
    ) -> ::std::result::Result<::serde_json::Value, crate::Error> {
        send::export_people(self, query).await?.json()
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
            "search_shoppers" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &SEARCH_SHOPPERS,
                    arguments,
                )?;
                let query = SearchShoppers {
                    email: arguments.optional("email")?,
                    phone: arguments.optional("phone")?,
                    username: arguments.optional("username")?,
                };
                send::search_shoppers(self, &query).await?.value()
            }
            "create_shopper" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &CREATE_SHOPPER,
                    arguments,
                )?;
                let shopper: types::ShopperInput = arguments.body()?;
                Ok(
                    super::WriteResponse::read(
                            send::create_shopper(self, &shopper).await?,
                        )?
                        .into_value(),
                )
            }
            "delete_shopper" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &DELETE_SHOPPER,
                    arguments,
                )?;
                let id: ::std::string::String = arguments.required("id")?;
                Ok(
                    super::WriteResponse::read(
                            match send::delete_shopper(self, &id).await {
                                Err(err) if err.is_not_found() && err.is_ambiguous() => {
                                    return Ok(::serde_json::Value::Null);
                                }
                                sent => sent?,
                            },
                        )?
                        .into_value(),
                )
            }
            "get_shopper" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &GET_SHOPPER,
                    arguments,
                )?;
                let id: ::std::string::String = arguments.required("id")?;
                send::get_shopper(self, &id).await?.value()
            }
            "update_shopper" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &UPDATE_SHOPPER,
                    arguments,
                )?;
                let id: ::std::string::String = arguments.required("id")?;
                let shopper: types::ShopperInput = arguments.body()?;
                Ok(
                    super::WriteResponse::read(
                            send::update_shopper(self, &id, &shopper).await?,
                        )?
                        .into_value(),
                )
            }
            "export_media" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &EXPORT_MEDIA,
                    arguments,
                )?;
                let query = ExportMedia {
                    capture_date: arguments.optional("capture_date")?,
                    capture_end_date: arguments.optional("capture_end_date")?,
                    limit: arguments.optional("limit")?,
                    mention_date: arguments.optional("mention_date")?,
                    mention_end_date: arguments.optional("mention_end_date")?,
                    order: arguments.optional("order")?,
                    page: arguments.optional("page")?,
                    sort_by_column: arguments.optional("sort_by_column")?,
                };
                send::export_media(self, &query).await?.value()
            }
            "export_people" => {
                let mut arguments = crate::arguments::Arguments::of(
                    &EXPORT_PEOPLE,
                    arguments,
                )?;
                let query = ExportPeople {
                    capture_date: arguments.optional("capture_date")?,
                    capture_end_date: arguments.optional("capture_end_date")?,
                    limit: arguments.optional("limit")?,
                    mention_date: arguments.optional("mention_date")?,
                    mention_end_date: arguments.optional("mention_end_date")?,
                    order: arguments.optional("order")?,
                    page: arguments.optional("page")?,
                    sort_by_column: arguments.optional("sort_by_column")?,
                };
                send::export_people(self, &query).await?.value()
            }
            _ => Err(crate::arguments::unknown_operation()),
        }
    }
}
/// The part of it that is public.
pub(crate) mod public {
    pub use super::types::{
        Channel, ChannelInput, Instagram, InstagramInput, Integrations,
        IntegrationsInput, MediaColumn, PeopleColumn, Shopper, ShopperInput, SortOrder,
        Tiktok, TiktokInput, Zinrelo, ZinreloInput,
    };
    #[cfg(feature = "client")]
    pub use super::{OPERATIONS, ExportMedia, ExportPeople};
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
        pub struct SearchShoppersWhen(::httpmock::When);
        impl SearchShoppersWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::GET)
                        .path_matches(regex::Regex::new("^/public/shopper$").unwrap()),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with this `email`, or without `email` if it is `None`.
            pub fn email<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a str>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("email", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("email"))
                }
            }
            /// Only calls with this `phone`, or without `phone` if it is `None`.
            pub fn phone<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a str>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("phone", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("phone"))
                }
            }
            /// Only calls with this `username`, or without `username` if it is `None`.
            pub fn username<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a str>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("username", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("username"))
                }
            }
            /// Only calls with this `version`.
            pub fn version(self, value: &str) -> Self {
                Self(self.0.header("version", value.to_string()))
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct SearchShoppersThen(::httpmock::Then);
        impl SearchShoppersThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn ok(self, value: &::std::vec::Vec<types::Shopper>) -> Self {
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
        pub struct CreateShopperWhen(::httpmock::When);
        impl CreateShopperWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::POST)
                        .path_matches(regex::Regex::new("^/public/shopper$").unwrap()),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with just this body.
            pub fn body(self, value: &types::ShopperInput) -> Self {
                Self(self.0.json_body_obj(value))
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct CreateShopperThen(::httpmock::Then);
        impl CreateShopperThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn ok(self, value: &::serde_json::Value) -> Self {
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
        pub struct GetShopperWhen(::httpmock::When);
        impl GetShopperWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::GET)
                        .path_matches(
                            regex::Regex::new("^/public/shopper/[^/]*$").unwrap(),
                        ),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with this `id`.
            pub fn id(self, value: &str) -> Self {
                let re = regex::Regex::new(
                        &format!(
                            "^/public/shopper/{}$", ::regex::escape(&
                            ::progenitor_client::encode_path(& value.to_string()))
                        ),
                    )
                    .unwrap();
                Self(self.0.path_matches(re))
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct GetShopperThen(::httpmock::Then);
        impl GetShopperThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn ok(self, value: &types::Shopper) -> Self {
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
        pub struct DeleteShopperWhen(::httpmock::When);
        impl DeleteShopperWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::DELETE)
                        .path_matches(
                            regex::Regex::new("^/public/shopper/[^/]*$").unwrap(),
                        ),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with this `id`.
            pub fn id(self, value: &str) -> Self {
                let re = regex::Regex::new(
                        &format!(
                            "^/public/shopper/{}$", ::regex::escape(&
                            ::progenitor_client::encode_path(& value.to_string()))
                        ),
                    )
                    .unwrap();
                Self(self.0.path_matches(re))
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct DeleteShopperThen(::httpmock::Then);
        impl DeleteShopperThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn ok(self, value: &::serde_json::Value) -> Self {
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
        pub struct UpdateShopperWhen(::httpmock::When);
        impl UpdateShopperWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::PATCH)
                        .path_matches(
                            regex::Regex::new("^/public/shopper/[^/]*$").unwrap(),
                        ),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with this `id`.
            pub fn id(self, value: &str) -> Self {
                let re = regex::Regex::new(
                        &format!(
                            "^/public/shopper/{}$", ::regex::escape(&
                            ::progenitor_client::encode_path(& value.to_string()))
                        ),
                    )
                    .unwrap();
                Self(self.0.path_matches(re))
            }
            /// Only calls with just this body.
            pub fn body(self, value: &types::ShopperInput) -> Self {
                Self(self.0.json_body_obj(value))
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct UpdateShopperThen(::httpmock::Then);
        impl UpdateShopperThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn ok(self, value: &::serde_json::Value) -> Self {
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
        pub struct ExportMediaWhen(::httpmock::When);
        impl ExportMediaWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::GET)
                        .path_matches(regex::Regex::new("^/v2/export/media$").unwrap()),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with this `capture_date`, or without `capture_date` if it is `None`.
            pub fn capture_date<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::gatsby::Date>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("capture_date", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("capture_date"))
                }
            }
            /// Only calls with this `capture_end_date`, or without `capture_end_date` if it is `None`.
            pub fn capture_end_date<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::gatsby::Date>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("capture_end_date", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("capture_end_date"))
                }
            }
            /// Only calls with this `limit`, or without `limit` if it is `None`.
            pub fn limit<T>(self, value: T) -> Self
            where
                T: Into<Option<i64>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("limit", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("limit"))
                }
            }
            /// Only calls with this `mention_date`, or without `mention_date` if it is `None`.
            pub fn mention_date<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::gatsby::Date>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("mention_date", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("mention_date"))
                }
            }
            /// Only calls with this `mention_end_date`, or without `mention_end_date` if it is `None`.
            pub fn mention_end_date<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::gatsby::Date>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("mention_end_date", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("mention_end_date"))
                }
            }
            /// Only calls with this `order`, or without `order` if it is `None`.
            pub fn order<T>(self, value: T) -> Self
            where
                T: Into<Option<types::SortOrder>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("order", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("order"))
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
            /// Only calls with this `sort_by_column`, or without `sort_by_column` if it is `None`.
            pub fn sort_by_column<T>(self, value: T) -> Self
            where
                T: Into<Option<types::MediaColumn>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("sort_by_column", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("sort_by_column"))
                }
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct ExportMediaThen(::httpmock::Then);
        impl ExportMediaThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn ok(self, value: &::serde_json::Value) -> Self {
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
        pub struct ExportPeopleWhen(::httpmock::When);
        impl ExportPeopleWhen {
            pub(crate) fn new(inner: ::httpmock::When) -> Self {
                Self(
                    inner
                        .method(::httpmock::Method::GET)
                        .path_matches(regex::Regex::new("^/v2/export/people$").unwrap()),
                )
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }
            /// Only calls with this `capture_date`, or without `capture_date` if it is `None`.
            pub fn capture_date<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::gatsby::Date>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("capture_date", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("capture_date"))
                }
            }
            /// Only calls with this `capture_end_date`, or without `capture_end_date` if it is `None`.
            pub fn capture_end_date<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::gatsby::Date>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("capture_end_date", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("capture_end_date"))
                }
            }
            /// Only calls with this `limit`, or without `limit` if it is `None`.
            pub fn limit<T>(self, value: T) -> Self
            where
                T: Into<Option<i64>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("limit", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("limit"))
                }
            }
            /// Only calls with this `mention_date`, or without `mention_date` if it is `None`.
            pub fn mention_date<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::gatsby::Date>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("mention_date", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("mention_date"))
                }
            }
            /// Only calls with this `mention_end_date`, or without `mention_end_date` if it is `None`.
            pub fn mention_end_date<'a, T>(self, value: T) -> Self
            where
                T: Into<Option<&'a crate::gatsby::Date>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("mention_end_date", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("mention_end_date"))
                }
            }
            /// Only calls with this `order`, or without `order` if it is `None`.
            pub fn order<T>(self, value: T) -> Self
            where
                T: Into<Option<types::SortOrder>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("order", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("order"))
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
            /// Only calls with this `sort_by_column`, or without `sort_by_column` if it is `None`.
            pub fn sort_by_column<T>(self, value: T) -> Self
            where
                T: Into<Option<types::PeopleColumn>>,
            {
                if let Some(value) = value.into() {
                    Self(self.0.query_param("sort_by_column", value.to_string()))
                } else {
                    Self(self.0.query_param_missing("sort_by_column"))
                }
            }
        }
        /// What a mock answers; one success or failure, and how often.
        pub struct ExportPeopleThen(::httpmock::Then);
        impl ExportPeopleThen {
            pub(crate) fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }
            /// What it is made of, for what has no method here.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }
            /// The success that the document describes.
            pub fn ok(self, value: &::serde_json::Value) -> Self {
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
        fn search_shoppers<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::SearchShoppersWhen, operations::SearchShoppersThen);
        fn create_shopper<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::CreateShopperWhen, operations::CreateShopperThen);
        fn get_shopper<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::GetShopperWhen, operations::GetShopperThen);
        fn delete_shopper<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::DeleteShopperWhen, operations::DeleteShopperThen);
        fn update_shopper<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::UpdateShopperWhen, operations::UpdateShopperThen);
        fn export_media<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::ExportMediaWhen, operations::ExportMediaThen);
        fn export_people<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::ExportPeopleWhen, operations::ExportPeopleThen);
    }
    impl MockServerExt for ::httpmock::MockServer {
        fn search_shoppers<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::SearchShoppersWhen, operations::SearchShoppersThen),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::SearchShoppersWhen::new(when),
                    operations::SearchShoppersThen::new(then),
                )
            })
        }
        fn create_shopper<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::CreateShopperWhen, operations::CreateShopperThen),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::CreateShopperWhen::new(when),
                    operations::CreateShopperThen::new(then),
                )
            })
        }
        fn get_shopper<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::GetShopperWhen, operations::GetShopperThen),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::GetShopperWhen::new(when),
                    operations::GetShopperThen::new(then),
                )
            })
        }
        fn delete_shopper<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::DeleteShopperWhen, operations::DeleteShopperThen),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::DeleteShopperWhen::new(when),
                    operations::DeleteShopperThen::new(then),
                )
            })
        }
        fn update_shopper<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::UpdateShopperWhen, operations::UpdateShopperThen),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::UpdateShopperWhen::new(when),
                    operations::UpdateShopperThen::new(then),
                )
            })
        }
        fn export_media<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::ExportMediaWhen, operations::ExportMediaThen),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::ExportMediaWhen::new(when),
                    operations::ExportMediaThen::new(then),
                )
            })
        }
        fn export_people<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::ExportPeopleWhen, operations::ExportPeopleThen),
        {
            self.mock(|when, then| {
                config_fn(
                    operations::ExportPeopleWhen::new(when),
                    operations::ExportPeopleThen::new(then),
                )
            })
        }
    }
    impl crate::mock::Server<super::super::Client> {
        /// Adds a mock of [`search_shoppers`](super::super::Client::search_shoppers).
        pub fn search_shoppers(
            &self,
            mock: impl FnOnce(
                operations::SearchShoppersWhen,
                operations::SearchShoppersThen,
            ),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::search_shoppers(server, mock))
        }
        /// Adds a mock of [`create_shopper`](super::super::Client::create_shopper).
        pub fn create_shopper(
            &self,
            mock: impl FnOnce(
                operations::CreateShopperWhen,
                operations::CreateShopperThen,
            ),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::create_shopper(server, mock))
        }
        /// Adds a mock of [`delete_shopper`](super::super::Client::delete_shopper).
        pub fn delete_shopper(
            &self,
            mock: impl FnOnce(
                operations::DeleteShopperWhen,
                operations::DeleteShopperThen,
            ),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::delete_shopper(server, mock))
        }
        /// Adds a mock of [`get_shopper`](super::super::Client::get_shopper).
        pub fn get_shopper(
            &self,
            mock: impl FnOnce(operations::GetShopperWhen, operations::GetShopperThen),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::get_shopper(server, mock))
        }
        /// Adds a mock of [`update_shopper`](super::super::Client::update_shopper).
        pub fn update_shopper(
            &self,
            mock: impl FnOnce(
                operations::UpdateShopperWhen,
                operations::UpdateShopperThen,
            ),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::update_shopper(server, mock))
        }
        /// Adds a mock of [`export_media`](super::super::Client::export_media).
        pub fn export_media(
            &self,
            mock: impl FnOnce(operations::ExportMediaWhen, operations::ExportMediaThen),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::export_media(server, mock))
        }
        /// Adds a mock of [`export_people`](super::super::Client::export_people).
        pub fn export_people(
            &self,
            mock: impl FnOnce(operations::ExportPeopleWhen, operations::ExportPeopleThen),
        ) -> ::httpmock::Mock<'_> {
            self.add(|server| MockServerExt::export_people(server, mock))
        }
    }
    crate::mock::then::answers!(
        operations::SearchShoppersThen, operations::CreateShopperThen,
        operations::DeleteShopperThen, operations::GetShopperThen,
        operations::UpdateShopperThen, operations::ExportMediaThen,
        operations::ExportPeopleThen
    );
}
