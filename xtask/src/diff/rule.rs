//! What can change, and what each change means for the service that calls: the one table of it.
//!
//! What compares says *what* changed and on which side; how bad that is, and why, stands here alone.
//! The logic is that of sets. What we send has to lie within what the vendor takes: a request may widen.
//! What we receive has to lie within what we can read: an answer may narrow.

use serde::Serialize;

/// How much a change matters to a service that calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A service that does what it did will fail.
    Breaking,
    /// A service that does what it did may fail; a person has to look.
    Risky,
    /// A service that does what it did works as before.
    Compatible,
}

impl Level {
    /// All of them, the worst first.
    pub const ALL: [Self; 3] = [Self::Breaking, Self::Risky, Self::Compatible];

    /// As it is written in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Risky => "risky",
            Self::Compatible => "compatible",
        }
    }
}

/// Which way a thing travels, seen from the service that calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// In a request, or the place that it goes to.
    Sent,
    /// In an answer.
    Received,
    /// Neither: what is said about the API.
    Around,
}

/// One line of the table.
pub struct Rule {
    /// The stable word of reports and of `specs/accepted.txt`.
    pub word: &'static str,
    /// What happened; the list in `xtask/CHANGES.md` shows it.
    #[cfg(test)]
    pub meaning: &'static str,
    /// How bad it is on each side on which it happens, and why.
    pub verdicts: &'static [(Side, Level, &'static str)],
}

impl Id {
    /// Its line of the table.
    pub fn rule(self) -> &'static Rule {
        &RULES[self as usize]
    }

    /// How bad it is on a side, and why.
    pub fn verdict(self, side: Side) -> (Level, &'static str) {
        let verdicts = self.rule().verdicts;
        verdicts
            .iter()
            .find(|(known, ..)| *known == side)
            .or(verdicts.first())
            .map_or((Level::Risky, ""), |(_, level, why)| (*level, *why))
    }
}

macro_rules! rules {
    ($($id:ident $word:literal $meaning:literal $(, $side:ident $level:ident $why:literal)+;)+) => {
        /// What can change. Its word and what it means are in [`RULES`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Id { $($id),+ }

        /// The table, in the order of [`Id`].
        pub const RULES: &[Rule] = &[$(Rule {
            word: $word,
            #[cfg(test)]
            meaning: $meaning,
            verdicts: &[$((Side::$side, Level::$level, $why)),+],
        }),+];
    };
}

rules! {
    OperationRemoved "operation-removed" "a path or a method is gone",
        Sent Breaking "every call of it fails";
    OperationAdded "operation-added" "an operation is new",
        Sent Compatible "nobody calls it yet";
    OperationRenamed "operation-renamed" "an operation has another path or method (recognised by its operationId or its shape), or another operationId",
        Sent Breaking "calls of the old place fail",
        Around Risky "a generated method has another name";
    PathParameterRenamed "path-parameter-renamed" "a path parameter has another name in the same position",
        Sent Compatible "the URL is the same";
    Deprecated "deprecated" "the vendor advises against it from now on",
        Sent Risky "it may go away",
        Received Risky "it may go away",
        Around Risky "it may go away";
    NotDeprecated "not-deprecated" "the vendor takes its advice against it back",
        Sent Compatible "it stays",
        Received Compatible "it stays",
        Around Compatible "it stays";
    VersionChanged "version-changed" "info.version is another one",
        Around Compatible "it is not sent, and vendors break things without it";

    ParameterAdded "parameter-added" "a parameter that may be left out is new",
        Sent Compatible "a call without it is as good as before";
    RequiredParameterAdded "required-parameter-added" "a required parameter is new",
        Sent Breaking "a call without it is refused";
    ParameterRemoved "parameter-removed" "a parameter is gone",
        Sent Risky "what we send in it is refused or ignored";
    ParameterMoved "parameter-moved" "a parameter is sent in another place",
        Sent Breaking "it is not seen where we put it";
    ParameterNowRequired "parameter-now-required" "a parameter may no longer be left out",
        Sent Breaking "a call without it is refused";
    ParameterNowOptional "parameter-now-optional" "a parameter may be left out",
        Sent Compatible "a call with it is as good as before";
    SerializationChanged "serialization-changed" "style, explode, or schema against content: the value is written in another way",
        Sent Breaking "what we write is read as something else",
        Received Breaking "what we read was written in another way";
    ReservedChanged "reserved-changed" "whether reserved characters travel without percent-encoding (allowReserved) is another",
        Sent Risky "some values are read as something else";
    EmptyAllowed "empty-allowed" "a query parameter may be sent without a value",
        Sent Compatible "a value is as good as before";
    EmptyRefused "empty-refused" "a query parameter may no longer be sent without a value",
        Sent Risky "one that is empty is refused";

    BodyAdded "body-added" "a body that may be left out is new",
        Sent Compatible "a request without it is as good as before",
        Received Compatible "a body that we do not read does no harm";
    RequiredBodyAdded "required-body-added" "a required body is new",
        Sent Breaking "a request without it is refused";
    BodyRemoved "body-removed" "a body is gone",
        Sent Risky "what we send in it is refused or ignored",
        Received Breaking "what we read is no longer there";
    BodyNowRequired "body-now-required" "a body may no longer be left out",
        Sent Breaking "a request without it is refused";
    BodyNowOptional "body-now-optional" "a body may be left out",
        Sent Compatible "a request with it is as good as before";
    MediaTypeAdded "media-type-added" "a body may have another media type",
        Sent Compatible "the old one is as good as before",
        Received Risky "we may get it where we asked for none";
    MediaTypeRemoved "media-type-removed" "a body may no longer have a media type",
        Sent Breaking "what we send is refused with a 415",
        Received Breaking "we cannot get what we read";
    MediaTypeChanged "media-type-changed" "the parameters of a media type, or the range that covers it, are others",
        Sent Risky "ours may be taken for another",
        Received Risky "it may have to be read in another way";
    EncodingChanged "encoding-changed" "a part of a form or multipart body is written in another way",
        Sent Risky "what we write may be read as something else";

    AnswerAdded "answer-added" "a status of success, or below 400, is new",
        Received Risky "we may get an answer that we do not know";
    AnswerRemoved "answer-removed" "a status of success, or below 400, is gone",
        Received Breaking "the answer that we read does not come";
    FailureAdded "failure-added" "a status from 400, or the default, is new",
        Received Compatible "a caller has to be ready for every failure anyway";
    FailureRemoved "failure-removed" "a status from 400, or the default, is gone",
        Received Risky "code that looks for it finds nothing";
    HeaderAdded "header-added" "an answer has another header",
        Received Compatible "a header that we do not read does no harm";
    HeaderRemoved "header-removed" "an answer no longer has a header",
        Received Breaking "what we read is no longer there";
    HeaderNowRequired "header-now-required" "a header of an answer is always there",
        Received Compatible "code that can do without can do with it";
    HeaderNowOptional "header-now-optional" "a header of an answer may be absent",
        Received Risky "code that relies on it finds nothing";
    LinkChanged "link-changed" "a link of an answer was added, removed or changed",
        Received Risky "code that follows it ends up elsewhere";
    CallbackChanged "callback-changed" "what the vendor sends to us, or wants for it, was added, removed or changed",
        Around Risky "what we answer to it may no longer fit";

    FieldAdded "field-added" "a field is new; in a request, one that may be left out",
        Sent Compatible "what we send is still enough",
        Received Compatible "a field that we do not read does no harm";
    RequiredFieldAdded "required-field-added" "a required field is new in a request",
        Sent Breaking "a request without it is refused";
    FieldRemoved "field-removed" "a field is gone",
        Sent Risky "what we send in it is refused or ignored",
        Received Breaking "what we read is no longer there";
    FieldRefused "field-refused" "a field is gone from a request that takes no others",
        Sent Breaking "a request with it is refused";
    FieldNowRequired "field-now-required" "a field may no longer be absent",
        Sent Breaking "a request without it is refused",
        Received Compatible "code that can do without can do with it";
    FieldNowOptional "field-now-optional" "a field may be absent",
        Sent Compatible "a request with it is as good as before",
        Received Risky "our types take it, but code that relies on it finds nothing";
    FieldNowReadOnly "field-now-read-only" "a field of a request is only for answers from now on",
        Sent Risky "what we send in it is refused or ignored";
    FieldNowWriteOnly "field-now-write-only" "a field of an answer is only for requests from now on",
        Received Breaking "what we read is no longer there";
    NullAllowed "null-allowed" "a value may be null",
        Sent Compatible "any other value is as good as before",
        Received Risky "our types take it, but code that relies on a value finds none";
    NullRefused "null-refused" "a value may no longer be null",
        Sent Breaking "a request with null is refused",
        Received Compatible "code that can take null can do without";
    OtherFieldsAllowed "other-fields-allowed" "fields that the document does not name are taken or given",
        Sent Compatible "the named ones are as good as before",
        Received Compatible "a field that we do not read does no harm";
    OtherFieldsRefused "other-fields-refused" "fields that the document does not name are no longer taken or given",
        Sent Breaking "a request with one is refused",
        Received Compatible "nobody was promised one";

    TypeChanged "type-changed" "a value is of another type",
        Sent Breaking "what we send is refused",
        Received Breaking "what comes cannot be read";
    TypeWidened "type-widened" "a value is of a wider type, as number for integer",
        Sent Compatible "what we send is among it",
        Received Breaking "some of what comes cannot be read";
    TypeNarrowed "type-narrowed" "a value is of a narrower type, as integer for number",
        Sent Breaking "some of what we send is refused",
        Received Compatible "what comes is among what we read";
    FormatChanged "format-changed" "a value is written in another format",
        Sent Breaking "what we send is refused",
        Received Breaking "what comes cannot be read";
    FormatWidened "format-widened" "a value has a wider format, or none any more",
        Sent Compatible "what we send is among it",
        Received Breaking "some of what comes cannot be read";
    FormatNarrowed "format-narrowed" "a value has a narrower format, or one at last",
        Sent Breaking "some of what we send is refused",
        Received Compatible "what comes is among what we read";
    EnumAdded "enum-added" "only listed values are possible from now on",
        Sent Breaking "any other value is refused",
        Received Compatible "what comes is among what we read";
    EnumRemoved "enum-removed" "values are no longer limited to a list",
        Sent Compatible "the listed ones are as good as before",
        Received Risky "a value may come that we do not know";
    EnumValueAdded "enum-value-added" "a list of possible values has one more",
        Sent Compatible "the others are as good as before",
        Received Risky "a value may come that we do not know";
    EnumValueRemoved "enum-value-removed" "a list of possible values has one less",
        Sent Breaking "a request with it is refused",
        Received Compatible "what comes is among what we read";
    LimitTightened "limit-tightened" "a limit of length, size, count or step is tighter",
        Sent Breaking "what we send may lie beyond it and is refused",
        Received Compatible "what comes is among what we read";
    LimitLoosened "limit-loosened" "a limit of length, size, count or step is looser",
        Sent Compatible "what we send lies within it",
        Received Risky "code and columns made for the old limit may not hold it";
    PatternChanged "pattern-changed" "a pattern is another one; which of them takes more is not known",
        Sent Risky "some of what we send may be refused",
        Received Risky "some of what comes may be written in another way";

    ChoiceAdded "choice-added" "a value has to fit a oneOf or anyOf from now on",
        Sent Breaking "what fits none of it is refused",
        Received Compatible "what comes is among what we read";
    ChoiceRemoved "choice-removed" "a value no longer has to fit a oneOf or anyOf",
        Sent Compatible "what we send is among it",
        Received Risky "a form may come that we do not know";
    ChoiceChanged "choice-changed" "oneOf became anyOf or the other way round, or choices were put together in another way",
        Sent Risky "what we send may fit one too many or none",
        Received Risky "what comes may fit more than one";
    AlternativeAdded "alternative-added" "a choice has one more form",
        Sent Compatible "the others are as good as before",
        Received Risky "a form may come that we do not know";
    AlternativeRemoved "alternative-removed" "a choice has one form less",
        Sent Breaking "a request of that form is refused",
        Received Compatible "what comes is among what we read";
    DiscriminatorChanged "discriminator-changed" "another field tells the forms apart",
        Sent Breaking "the form of what we send is not seen",
        Received Breaking "the form of what comes is not where we look";
    DiscriminatorAdded "discriminator-added" "a field tells the forms apart from now on",
        Sent Risky "a request without it may be refused",
        Received Risky "generated types read the forms in another way";
    DiscriminatorRemoved "discriminator-removed" "no field tells the forms apart any more",
        Sent Risky "the vendor may take one form for another",
        Received Risky "generated types read the forms in another way";
    ExclusionAdded "exclusion-added" "values that fit a schema are no longer possible (not)",
        Sent Breaking "what we send may be among them and is refused",
        Received Compatible "what comes is among what we read";
    ExclusionRemoved "exclusion-removed" "values that fitted a schema are possible (not)",
        Sent Compatible "what we send is still possible",
        Received Risky "a value may come that we do not know";
    ExclusionChanged "exclusion-changed" "other values are impossible (not)",
        Sent Risky "what we send may be among them",
        Received Risky "a value may come that we do not know";
    DefaultChanged "default-changed" "another value stands for one that is left out",
        Sent Risky "what we leave out means something else",
        Received Risky "what is absent means something else";
    XmlChanged "xml-changed" "a value is written in another way where XML is spoken",
        Sent Risky "XML that we send may be refused, JSON is as before",
        Received Risky "XML that comes may not be read, JSON is as before";

    AuthAdded "auth-added" "an operation that was open needs a key",
        Sent Breaking "a call without one is refused";
    AuthRemoved "auth-removed" "an operation is open to everyone",
        Sent Compatible "a call with a key is as good as before";
    AuthChanged "auth-changed" "an operation needs another kind of key",
        Sent Breaking "a call with ours is refused";
    AuthAlternativeAdded "auth-alternative-added" "another kind of key is good too",
        Sent Compatible "ours is as good as before";
    AuthAlternativeRemoved "auth-alternative-removed" "one of several kinds of key is no longer good",
        Sent Breaking "a call with that kind is refused";
    ScopeAdded "scope-added" "a key needs one more scope",
        Sent Breaking "a call with a key that lacks it is refused";
    ScopeRemoved "scope-removed" "a key needs one scope less",
        Sent Compatible "a key that has it is as good as before";
    FlowAdded "flow-added" "there is another way to get a token",
        Sent Compatible "the others are as good as before";
    FlowRemoved "flow-removed" "there is a way less to get a token",
        Sent Breaking "who goes that way gets none";
    FlowChanged "flow-changed" "a token is got at another address",
        Sent Breaking "who asks at the old one gets none";
    ScopeOffered "scope-offered" "a scope can be asked for",
        Sent Compatible "who does not ask is as before";
    ScopeWithdrawn "scope-withdrawn" "a scope can no longer be asked for",
        Sent Risky "who asks for it may get no token";

    HostAdded "host-added" "there is another server",
        Sent Compatible "the others are as good as before";
    HostRemoved "host-removed" "a server is gone",
        Sent Breaking "calls to it fail";
    HostChanged "host-changed" "a server has another address",
        Sent Breaking "calls to the old one fail";
    HostReordered "host-reordered" "another server is the first",
        Sent Risky "tools take the first one";
    HostValueAdded "host-value-added" "a variable of a server's address has another possible value",
        Sent Compatible "the others are as good as before";
    HostValueRemoved "host-value-removed" "a variable of a server's address has a possible value less",
        Sent Breaking "calls to that address fail";

    KeywordChanged "keyword-changed" "a key that OpenAPI 3.0 does not know was added, removed or changed",
        Sent Risky "it may mean something to the vendor",
        Received Risky "it may mean something to the vendor",
        Around Risky "it may mean something to the vendor";
    NotCompared "not-compared" "schemas are nested too deeply, or the documents are too intricate, to be compared whole",
        Sent Risky "a person has to look",
        Received Risky "a person has to look",
        Around Risky "a person has to look";
    Words "words" "a name, description, example, tag or extension is another one, or something without effect on the wire",
        Sent Compatible "nothing on the wire changes",
        Received Compatible "nothing on the wire changes",
        Around Compatible "nothing on the wire changes";
}
