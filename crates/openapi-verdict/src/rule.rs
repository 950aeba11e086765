//! The table of everything that can change, with a level and a reason for each direction.
//!
//! The comparison finds out what changed and in which direction it travels; severity is decided here and nowhere else.

use serde::{Serialize, Serializer};

/// The severity of a change for existing callers, in ascending order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Existing callers keep working.
    Compatible,
    /// Existing callers may fail, depending on what they do; needs a review.
    Risky,
    /// Existing callers fail.
    Breaking,
}

impl Level {
    /// All levels, the most severe first.
    pub const ALL: [Self; 3] = [Self::Breaking, Self::Risky, Self::Compatible];

    /// The lowercase name, as in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::Risky => "risky",
            Self::Breaking => "breaking",
        }
    }
}

/// The direction in which the changed thing travels, seen from the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Sent by the caller: in a request, or in the answer to a callback.
    Sent,
    /// Received by the caller: in a response, or in the request of a callback.
    Received,
    /// Not sent at all, such as descriptions.
    Neither,
}

/// A level for one direction, and the reason for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verdict {
    /// The direction for which the verdict holds.
    pub direction: Direction,
    /// The severity.
    pub level: Level,
    /// The reason, such as `a request without it is refused`.
    pub reason: &'static str,
}

impl Rule {
    /// The stable name of the rule, such as `field-removed`.
    pub fn id(self) -> &'static str {
        self.entry().id
    }

    /// A sentence about what happened.
    pub fn meaning(self) -> &'static str {
        self.entry().meaning
    }

    /// The verdicts, one for each direction in which the change can occur.
    pub fn verdicts(self) -> &'static [Verdict] {
        self.entry().verdicts
    }

    pub(crate) fn verdict(self, direction: Direction) -> Verdict {
        let verdicts = self.verdicts();
        let exact = verdicts.iter().find(|it| it.direction == direction);
        // Every rule has a verdict, so the last resort is never used.
        exact.or(verdicts.first()).copied().unwrap_or(Verdict {
            direction,
            level: Level::Risky,
            reason: "",
        })
    }

    fn entry(self) -> &'static Entry {
        &ENTRIES[self as usize]
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

struct Entry {
    id: &'static str,
    meaning: &'static str,
    verdicts: &'static [Verdict],
}

macro_rules! rules {
    ($($rule:ident $id:literal $meaning:literal $(, $direction:ident $level:ident $reason:literal)+;)+) => {
        /// A kind of change.
        ///
        /// `RULES.md` in the repository prints all of them as a table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule { $(#[doc = $meaning] $rule),+ }

        impl Rule {
            /// All rules, by topic.
            pub const ALL: &[Self] = &[$(Self::$rule),+];
        }

        const ENTRIES: &[Entry] = &[$(Entry {
            id: $id,
            meaning: $meaning,
            verdicts: &[$(Verdict { direction: Direction::$direction, level: Level::$level, reason: $reason }),+],
        }),+];
    };
}

rules! {
    OperationRemoved "operation-removed" "A path or a method was removed.",
        Sent Breaking "every call of it fails";
    OperationAdded "operation-added" "An operation was added.",
        Sent Compatible "no caller uses it yet";
    OperationRenamed "operation-renamed" "An operation has another path or method (recognised by its `operationId` or by its shape), or another `operationId`.",
        Sent Breaking "calls of the old path or method fail",
        Neither Risky "generated methods get another name";
    PathParameterRenamed "path-parameter-renamed" "A path parameter has another name at the same position.",
        Sent Compatible "the URL is the same";
    Deprecated "deprecated" "Something is deprecated now.",
        Sent Risky "it may be removed",
        Received Risky "it may be removed",
        Neither Risky "it may be removed";
    NotDeprecated "not-deprecated" "Something is no longer deprecated.",
        Sent Compatible "it stays",
        Received Compatible "it stays",
        Neither Compatible "it stays";
    VersionChanged "version-changed" "`info.version` changed.",
        Neither Compatible "it is not sent";

    ParameterAdded "parameter-added" "An optional parameter was added.",
        Sent Compatible "calls without it are still valid";
    RequiredParameterAdded "required-parameter-added" "A required parameter was added.",
        Sent Breaking "calls without it are refused";
    ParameterRemoved "parameter-removed" "A parameter was removed.",
        Sent Risky "the server may refuse or ignore it";
    ParameterMoved "parameter-moved" "A parameter moved, for example from the query to a header.",
        Sent Breaking "the server no longer reads it from the old place";
    ParameterNowRequired "parameter-now-required" "An optional parameter became required.",
        Sent Breaking "calls without it are refused";
    ParameterNowOptional "parameter-now-optional" "A required parameter became optional.",
        Sent Compatible "calls with it are still valid";
    SerializationChanged "serialization-changed" "A parameter or header is serialized in another way (`style`, `explode`, or `content` instead of `schema`).",
        Sent Breaking "the server misreads the old form",
        Received Breaking "callers misread the new form";
    ReservedChanged "reserved-changed" "`allowReserved` changed: reserved characters are percent-encoded now, or no longer.",
        Sent Risky "the server may misread some values";
    EmptyAllowed "empty-allowed" "A query parameter may be sent without a value now.",
        Sent Compatible "calls with a value are still valid";
    EmptyRefused "empty-refused" "A query parameter may no longer be sent without a value.",
        Sent Risky "calls with an empty value are refused";

    BodyAdded "body-added" "An optional body was added.",
        Sent Compatible "requests without it are still valid",
        Received Compatible "callers that do not read it are unaffected";
    RequiredBodyAdded "required-body-added" "A required body was added.",
        Sent Breaking "requests without it are refused";
    BodyRemoved "body-removed" "A body was removed.",
        Sent Risky "the server may refuse or ignore it",
        Received Breaking "callers that read it find nothing";
    BodyNowRequired "body-now-required" "An optional body became required.",
        Sent Breaking "requests without it are refused";
    BodyNowOptional "body-now-optional" "A required body became optional.",
        Sent Compatible "requests with it are still valid";
    MediaTypeAdded "media-type-added" "A body may have another media type as well.",
        Sent Compatible "the old one is still valid",
        Received Risky "callers that do not ask for a media type may receive it";
    MediaTypeRemoved "media-type-removed" "A body no longer has a media type.",
        Sent Breaking "requests of that type are refused with a 415",
        Received Breaking "callers that read it find nothing";
    MediaTypeChanged "media-type-changed" "The parameters of a media type changed, or only a range covers it now.",
        Sent Risky "the server may take the old one for another",
        Received Risky "it may have to be read in another way";
    EncodingChanged "encoding-changed" "A part of a form or multipart body is encoded in another way.",
        Sent Risky "the server may misread the old form";

    ResponseAdded "response-added" "A status below 400 was added.",
        Received Risky "callers may receive a response that they do not know";
    ResponseRemoved "response-removed" "A status below 400 was removed.",
        Received Breaking "callers that expect it do not receive it";
    ErrorResponseAdded "error-response-added" "A status from 400, or the default, was added.",
        Received Compatible "callers have to be ready for any error anyway";
    ErrorResponseRemoved "error-response-removed" "A status from 400, or the default, was removed.",
        Received Risky "callers that look for it do not receive it";
    HeaderAdded "header-added" "A response header was added.",
        Received Compatible "callers that do not read it are unaffected";
    HeaderRemoved "header-removed" "A response header was removed.",
        Received Breaking "callers that read it find nothing";
    HeaderNowRequired "header-now-required" "A response header is always present now.",
        Received Compatible "callers that can do without it still work";
    HeaderNowOptional "header-now-optional" "A response header may be absent now.",
        Received Risky "callers that rely on it may find nothing";
    LinkChanged "link-changed" "A link of a response was added, removed or changed.",
        Received Risky "callers that follow it end up elsewhere";
    CallbackChanged "callback-changed" "A callback was added, removed or changed.",
        Neither Risky "the receiver of the callback may have to change";

    FieldAdded "field-added" "A field was added; in a request, an optional one.",
        Sent Compatible "requests without it are still valid",
        Received Compatible "callers that do not read it are unaffected";
    RequiredFieldAdded "required-field-added" "A required field was added to a request.",
        Sent Breaking "requests without it are refused";
    FieldRemoved "field-removed" "A field was removed.",
        Sent Risky "the server may refuse or ignore it",
        Received Breaking "callers that read it find nothing";
    FieldRefused "field-refused" "A field was removed from a request that allows no other fields.",
        Sent Breaking "requests with it are refused";
    FieldNowRequired "field-now-required" "An optional field became required.",
        Sent Breaking "requests without it are refused",
        Received Compatible "callers that can do without it still work";
    FieldNowOptional "field-now-optional" "A required field became optional.",
        Sent Compatible "requests with it are still valid",
        Received Risky "callers that rely on it may find nothing";
    FieldNowReadOnly "field-now-read-only" "A field of a request became read-only.",
        Sent Risky "the server may refuse or ignore it";
    FieldNowWriteOnly "field-now-write-only" "A field of a response became write-only.",
        Received Breaking "callers that read it find nothing";
    NullAllowed "null-allowed" "A value may be null now.",
        Sent Compatible "other values are still valid",
        Received Risky "callers that rely on a value may find none";
    NullRefused "null-refused" "A value may no longer be null.",
        Sent Breaking "requests with null are refused",
        Received Compatible "callers that can read null still work";
    OtherFieldsAllowed "other-fields-allowed" "Fields that the document does not name are allowed now.",
        Sent Compatible "the named ones are still valid",
        Received Compatible "callers that do not read them are unaffected";
    OtherFieldsRefused "other-fields-refused" "Fields that the document does not name are no longer allowed.",
        Sent Breaking "requests with one are refused",
        Received Compatible "the document promised none";

    TypeChanged "type-changed" "A value has another type.",
        Sent Breaking "the old values are refused",
        Received Breaking "callers cannot read the new values";
    TypeWidened "type-widened" "A value has a wider type, such as number instead of integer.",
        Sent Compatible "the old values are still valid",
        Received Breaking "callers cannot read some of the new values";
    TypeNarrowed "type-narrowed" "A value has a narrower type, such as integer instead of number.",
        Sent Breaking "some of the old values are refused",
        Received Compatible "callers can read all of the new values";
    FormatChanged "format-changed" "A value has another format.",
        Sent Breaking "the old values are refused",
        Received Breaking "callers cannot read the new values";
    FormatWidened "format-widened" "A value has a wider format, or no longer one.",
        Sent Compatible "the old values are still valid",
        Received Breaking "callers cannot read some of the new values";
    FormatNarrowed "format-narrowed" "A value has a narrower format, or one where it had none.",
        Sent Breaking "some of the old values are refused",
        Received Compatible "callers can read all of the new values";
    EnumAdded "enum-added" "A value has to be one of a list now.",
        Sent Breaking "any other value is refused",
        Received Compatible "callers can read all of the new values";
    EnumRemoved "enum-removed" "A value need no longer be one of a list.",
        Sent Compatible "the listed values are still valid",
        Received Risky "callers may receive a value that they do not know";
    EnumValueAdded "enum-value-added" "A value was added to the list of possible ones.",
        Sent Compatible "the other values are still valid",
        Received Risky "callers may receive a value that they do not know";
    EnumValueRemoved "enum-value-removed" "A value was removed from the list of possible ones.",
        Sent Breaking "requests with it are refused",
        Received Compatible "callers can read all of the new values";
    LimitTightened "limit-tightened" "A limit of length, size, count or step became tighter.",
        Sent Breaking "values beyond it are refused",
        Received Compatible "callers can read all of the new values";
    LimitLoosened "limit-loosened" "A limit of length, size, count or step became looser.",
        Sent Compatible "the old values are still valid",
        Received Risky "code and database columns made for the old limit may not hold the new values";
    PatternChanged "pattern-changed" "A pattern changed; it is not known which of the two matches more.",
        Sent Risky "some of the old values may be refused",
        Received Risky "the new values may be written in another way";

    ChoiceAdded "choice-added" "A value has to match a `oneOf` or `anyOf` now.",
        Sent Breaking "values that match none of the alternatives are refused",
        Received Compatible "callers can read all of the new values";
    ChoiceRemoved "choice-removed" "A value need no longer match a `oneOf` or `anyOf`.",
        Sent Compatible "the old values are still valid",
        Received Risky "callers may receive a form that they do not know";
    ChoiceChanged "choice-changed" "`oneOf` became `anyOf` or the reverse, or several choices are combined in another way.",
        Sent Risky "the old values may match too many alternatives, or none",
        Received Risky "the new values may match more than one alternative";
    AlternativeAdded "alternative-added" "An alternative was added to a choice.",
        Sent Compatible "the others are still valid",
        Received Risky "callers may receive a form that they do not know";
    AlternativeRemoved "alternative-removed" "An alternative was removed from a choice.",
        Sent Breaking "requests of that form are refused",
        Received Compatible "callers can read all of the new values";
    DiscriminatorChanged "discriminator-changed" "Another field tells the alternatives apart.",
        Sent Breaking "the server does not recognise the old form",
        Received Breaking "callers do not recognise the new form";
    DiscriminatorAdded "discriminator-added" "A discriminator was added.",
        Sent Risky "requests without that field may be refused",
        Received Risky "generated types read the alternatives in another way";
    DiscriminatorRemoved "discriminator-removed" "A discriminator was removed.",
        Sent Risky "the server may take one alternative for another",
        Received Risky "generated types read the alternatives in another way";
    ExclusionAdded "exclusion-added" "Values that match a schema are excluded now (`not`).",
        Sent Breaking "some of the old values may be refused",
        Received Compatible "callers can read all of the new values";
    ExclusionRemoved "exclusion-removed" "Values that match a schema are no longer excluded (`not`).",
        Sent Compatible "the old values are still valid",
        Received Risky "callers may receive a value that they do not know";
    ExclusionChanged "exclusion-changed" "Other values are excluded (`not`).",
        Sent Risky "some of the old values may be refused",
        Received Risky "callers may receive a value that they do not know";
    DefaultChanged "default-changed" "The default of a value changed.",
        Sent Risky "leaving it out means something else",
        Received Risky "an absent value means something else";
    XmlChanged "xml-changed" "A value is written in another way in XML.",
        Sent Risky "XML of the old form may be refused, JSON is as before",
        Received Risky "callers may not be able to read the XML, JSON is as before";

    AuthAdded "auth-added" "An operation that was open needs credentials.",
        Sent Breaking "calls without them are refused";
    AuthRemoved "auth-removed" "An operation no longer needs credentials.",
        Sent Compatible "calls with them are still valid";
    AuthChanged "auth-changed" "An operation needs other credentials.",
        Sent Breaking "calls with the old ones are refused";
    AuthAlternativeAdded "auth-alternative-added" "An operation accepts other credentials as well.",
        Sent Compatible "the old ones are still valid";
    AuthAlternativeRemoved "auth-alternative-removed" "An operation no longer accepts one of several kinds of credentials.",
        Sent Breaking "calls with them are refused";
    ScopeAdded "scope-added" "An operation needs another scope.",
        Sent Breaking "calls without it are refused";
    ScopeRemoved "scope-removed" "An operation needs a scope less.",
        Sent Compatible "calls with it are still valid";
    FlowAdded "flow-added" "An OAuth flow was added.",
        Sent Compatible "the others are still valid";
    FlowRemoved "flow-removed" "An OAuth flow was removed.",
        Sent Breaking "callers that use it get no token";
    FlowChanged "flow-changed" "The address of an OAuth flow or of OpenID Connect changed.",
        Sent Breaking "callers that use the old one get no token";
    ScopeOffered "scope-offered" "An OAuth flow offers another scope.",
        Sent Compatible "callers that do not ask for it are unaffected";
    ScopeWithdrawn "scope-withdrawn" "An OAuth flow no longer offers a scope.",
        Sent Risky "callers that ask for it may get no token";

    ServerAdded "server-added" "A server was added.",
        Sent Compatible "the others are still valid";
    ServerRemoved "server-removed" "A server was removed.",
        Sent Breaking "calls to it fail";
    ServerChanged "server-changed" "A server has another address.",
        Sent Breaking "calls to the old one fail";
    ServerReordered "server-reordered" "Another server is the first one.",
        Sent Risky "many tools use the first one";
    ServerValueAdded "server-value-added" "A variable of a server's address has another possible value.",
        Sent Compatible "the others are still valid";
    ServerValueRemoved "server-value-removed" "A variable of a server's address has a possible value less.",
        Sent Breaking "calls to that address fail";

    KeywordChanged "keyword-changed" "A keyword that OpenAPI 3.0 does not know was added, removed or changed.",
        Sent Risky "it may mean something to the server",
        Received Risky "it may mean something to the server",
        Neither Risky "it may mean something to the server";
    NotCompared "not-compared" "Schemas are nested too deeply, or there are too many, to be compared completely.",
        Sent Risky "needs a review",
        Received Risky "needs a review",
        Neither Risky "needs a review";
    WordingChanged "wording-changed" "A name, description, example, tag or extension changed, or something else that has no effect on requests and responses.",
        Sent Compatible "requests and responses are as before",
        Received Compatible "requests and responses are as before",
        Neither Compatible "requests and responses are as before";
}
