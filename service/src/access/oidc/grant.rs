//! Which grant a token has.

use serde_json::{Map, Value};

use super::settings::Grant;

/// The claims that are words with spaces between them (RFC 8693, section 4.2; `scp` at some providers).
const OF_WORDS: [&str; 2] = ["scope", "scp"];

/// The first grant that fits.
pub(super) fn first<'a>(grants: &'a [Grant], claims: &Map<String, Value>) -> Option<&'a Grant> {
    grants.iter().find(|grant| fits(grant, claims))
}

fn fits(grant: &Grant, claims: &Map<String, Value>) -> bool {
    match find(claims, &grant.claim) {
        Some(Value::String(words)) if OF_WORDS.contains(&grant.claim.as_str()) => {
            words.split(' ').any(|word| word == grant.value)
        }
        Some(Value::String(one)) => *one == grant.value,
        Some(Value::Array(several)) => several.iter().any(|one| one.as_str() == Some(&grant.value)),
        _ => false,
    }
}

/// The claim of that name, or at that JSON pointer.
fn find<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let Some(pointer) = name.strip_prefix('/') else { return claims.get(name) };
    let (first, rest) = match pointer.split_once('/') {
        Some((first, _)) => (first, pointer.get(first.len()..)?),
        None => (pointer, ""),
    };
    claims.get(&first.replace("~1", "/").replace("~0", "~"))?.pointer(rest)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Grant, first};

    fn check(claim: &str, value: &str, claims: Value, expected: bool) {
        let grant = Grant {
            claim: claim.to_owned(),
            value: value.to_owned(),
            landlord: "hartlepool".to_owned(),
            role: "officer".to_owned(),
            scopes: vec![],
        };
        let Value::Object(claims) = claims else { panic!("claims are an object") };
        assert_eq!(first(&[grant], &claims).is_some(), expected, "{claim} = {value} in {claims:?}");
    }

    #[test]
    fn a_claim_is_the_value_or_a_list_with_it() {
        check("azp", "crm", json!({"azp": "crm"}), true);
        check("azp", "crm", json!({"azp": "crm2"}), false);
        check("azp", "crm", json!({"azp": "CRM"}), false);
        check("azp", "crm", json!({"client_id": "crm"}), false);
        check("azp", "1", json!({"azp": 1}), false);
        check("roles", "officer", json!({"roles": ["reader", "officer"]}), true);
        check("roles", "officer", json!({"roles": "officer"}), true);
        check("roles", "officer", json!({"roles": ["office", ["officer"]]}), false);
        check("roles", "officer", json!({"roles": {"officer": true}}), false);
    }

    #[test]
    fn only_scopes_are_taken_apart_at_spaces() {
        check("scope", "write", json!({"scope": "read write"}), true);
        check("scp", "write", json!({"scp": "write"}), true);
        check("scp", "write", json!({"scp": ["read", "write"]}), true);
        check("scope", "writ", json!({"scope": "read write"}), false);
        check("name", "officer", json!({"name": "chief officer"}), false);
    }

    #[test]
    fn a_pointer_goes_into_nested_claims() {
        let claims = json!({"realm_access": {"roles": ["officer"]}, "a/b": {"c~d": "x"}});
        check("/realm_access/roles", "officer", claims.clone(), true);
        check("/realm_access/roles/0", "officer", claims.clone(), true);
        check("/realm_access", "officer", claims.clone(), false);
        check("/a~1b/c~0d", "x", claims, true);
        check(
            "https://example.org/roles",
            "officer",
            json!({"https://example.org/roles": ["officer"]}),
            true,
        );
    }
}
