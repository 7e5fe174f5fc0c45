//! What can be set about those who issue tokens.

use serde::Deserialize;

/// One who issues tokens, and what its tokens give here.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    /// The issuer's URL, to the letter as its tokens have it in `iss`, with or without a slash at the end. `https`, but for one on
    /// this machine.
    pub issuer: String,
    /// What a token must name in `aud`, to be meant for this service and not for another that trusts the same issuer.
    pub audience: String,
    /// Where the issuer publishes its keys. Without it, they are looked up in `{issuer}/.well-known/openid-configuration`.
    #[serde(default)]
    pub jwks_url: Option<String>,
    /// How a token may be signed: any of `RS256`, `PS256`, `ES256`, `EdDSA`.
    #[serde(default = "Issuer::default_algorithms")]
    pub algorithms: Vec<String>,
    /// What a token gives: the first grant that fits it. A token that none fits is refused.
    pub grants: Vec<Grant>,
}

impl Issuer {
    /// What nearly every provider signs with.
    fn default_algorithms() -> Vec<String> {
        vec!["RS256".to_owned(), "ES256".to_owned()]
    }
}

/// What a token gives that has a value in a claim.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The claim, such as `client_id`, `azp`, `roles` or `scope`; with a leading `/`, a JSON pointer to one further inside.
    pub claim: String,
    /// What the claim must be, or, in a list or among the words of `scope` or `scp`, contain.
    pub value: String,
    /// The one landlord whose cases the token opens.
    pub landlord: String,
    /// The role that it acts in.
    pub role: String,
    /// What it may do over and above the role.
    #[serde(default)]
    pub scopes: Vec<String>,
}
