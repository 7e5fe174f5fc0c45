//! From a path to what is served there.

use std::collections::BTreeMap;

use super::Method;
use crate::http::request::percent::decode;

/// What is served at one address: by method, the number of the operation.
pub type Methods = BTreeMap<Method, usize>;

/// A tree of the addresses, segment by segment.
#[derive(Debug, Default)]
pub struct Router {
    fixed: BTreeMap<String, Router>,
    parameter: Option<(String, Box<Router>)>,
    methods: Methods,
}

/// A path's parameters: name and decoded value.
pub type Values = Vec<(String, String)>;

impl Router {
    /// Puts an operation in its place.
    ///
    /// # Errors
    /// When there is one there already, or the address's parameter has two names.
    pub fn add(&mut self, method: Method, path: &str, operation: usize) -> anyhow::Result<()> {
        let mut node = self;
        for segment in path.split('/').skip(1) {
            node = match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
                None => node.fixed.entry(segment.to_owned()).or_default(),
                Some(name) => {
                    let (known, below) =
                        node.parameter.get_or_insert_with(|| (name.to_owned(), Box::default()));
                    anyhow::ensure!(known == name, "{path} has another parameter than its neighbours");
                    below
                }
            };
        }
        anyhow::ensure!(node.methods.insert(method, operation).is_none(), "{path} is served twice");
        Ok(())
    }

    /// What is served at a path; a fixed segment goes before a parameter.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<(&Methods, Values)> {
        let mut segments = Vec::new();
        for segment in path.strip_prefix('/')?.split('/') {
            segments.push(decode(segment, false)?);
        }
        let mut values = Vec::new();
        let methods = self.descend(&segments, &mut values)?;
        Some((methods, values))
    }

    fn descend(&self, segments: &[String], values: &mut Values) -> Option<&Methods> {
        let Some((segment, rest)) = segments.split_first() else {
            return Some(&self.methods).filter(|methods| !methods.is_empty());
        };
        let fixed = self.fixed.get(segment).and_then(|below| below.descend(rest, values));
        if fixed.is_some() {
            return fixed;
        }
        let (name, below) = self.parameter.as_ref().filter(|_| !segment.is_empty())?;
        values.push((name.clone(), segment.clone()));
        let found = below.descend(rest, values);
        if found.is_none() {
            values.pop();
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{Method, Router};

    fn router() -> Router {
        let mut router = Router::default();
        for (operation, path) in
            ["/v1/cases", "/v1/cases/{case}", "/v1/cases/{case}/accept", "/docs/", "/docs/{file}"]
                .iter()
                .enumerate()
        {
            router.add(Method::Get, path, operation).unwrap();
        }
        router
    }

    #[test]
    fn a_path_is_found_with_its_decoded_parameters() {
        let router = router();
        let find = |path: &str| {
            router.find(path).map(|(methods, values)| {
                (methods[&Method::Get], values.into_iter().map(|(_, value)| value).collect::<Vec<_>>())
            })
        };
        assert_eq!(find("/v1/cases"), Some((0, vec![])));
        assert_eq!(find("/v1/c%61ses/a%2Fb"), Some((1, vec!["a/b".to_owned()])));
        assert_eq!(find("/v1/cases/x/accept"), Some((2, vec!["x".to_owned()])));
        assert_eq!(find("/docs/"), Some((3, vec![])));
        for path in [
            "/v1",
            "/v1/",
            "/v1//cases",
            "/v1/cases/x/y",
            "/v1/cases/",
            "/v1/cases/%zz",
            "/v1/cases/%FF",
            "*",
            "",
        ] {
            assert_eq!(find(path), None, "{path}");
        }
    }

    #[test]
    fn nothing_is_served_twice() {
        assert!(router().add(Method::Get, "/v1/cases", 9).is_err());
        assert!(router().add(Method::Post, "/v1/cases", 9).is_ok());
        assert!(router().add(Method::Get, "/v1/cases/{id}", 9).is_err());
    }
}
