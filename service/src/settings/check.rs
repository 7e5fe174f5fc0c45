//! What is wrong with settings that read well each by itself.

use redress_stationery::logo;

use super::Settings;
use super::reader::Reader;
use crate::access::oidc;
use crate::application::library;
use crate::documents::Store;
use crate::letters::Templates;

/// What can only be judged over several settings.
pub fn check(settings: &Settings, reader: &mut Reader) {
    if let Some(operations) = &settings.operations.listen
        && *operations == settings.http.listen
        && !operations.ends_with(":0")
    {
        reader.wrong("operations.listen", "must not be the address of the API, `http.listen`".to_owned());
    }
    if settings.limits.burst < settings.limits.sustained {
        reader.wrong("limits.burst", "must be no less than `limits.rate_per_second`".to_owned());
    }
    if let Some(why) = crate::storage::address::unusable(&settings.database.url) {
        reader.wrong("database.url", why);
    }
    documents(settings, reader);
    landlords(settings, reader);
}

/// Whether the policies, and what names the landlords of them, can be used. Where a policy cannot be read, nobody knows all landlords: all
/// but their names is looked at.
fn landlords(settings: &Settings, reader: &mut Reader) {
    let policies = settings.rules.policies.as_deref();
    let library = library(policies);
    if let Err(error) = &library {
        format!("{error:#}").lines().for_each(|line| reader.wrong("rules.policies", line.to_owned()));
    }
    let known: Option<Vec<&str>> = library.as_ref().ok().map(|library| library.landlords().collect());
    if let Ok(library) = &library
        && let Err(logos) = logo::load(library, policies)
    {
        logos.0.into_iter().for_each(|problem| reader.wrong("rules.policies", problem));
    }
    if let Err(templates) = Templates::load(settings.letters.templates.as_deref(), known.as_deref()) {
        templates.0.iter().for_each(|problem| reader.wrong("letters.templates", problem.to_string()));
    }
    for found in oidc::check(&settings.oidc.issuers, known.as_deref()) {
        reader.add(format!("oidc.{}", found.at), None, found.problem);
    }
}

/// Whether the store of documents can be what it is said to be; a bucket is not asked.
fn documents(settings: &Settings, reader: &mut Reader) {
    let documents = &settings.documents;
    if let Some(why) = documents.store.address.unusable() {
        reader.wrong("documents.store", why);
    }
    let http = |endpoint: &String| endpoint.starts_with("https://") || endpoint.starts_with("http://");
    if documents.store.endpoint.as_ref().is_some_and(|endpoint| !http(endpoint)) {
        reader.wrong(
            "documents.endpoint",
            "must begin with https://, or http:// for a store in the same house".to_owned(),
        );
    } else if let Err(error) = Store::new(documents.store.clone()) {
        reader.wrong("documents.store", error.to_string());
    }
    if documents.limits.case < documents.limits.file {
        reader.wrong("documents.case_mib", "must be no less than `documents.file_mib`".to_owned());
    }
}
