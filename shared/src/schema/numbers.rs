//! Whole numbers, however JSON spells them.

use serde_json::Value;

/// Writes every whole number as an integer, in place. To a schema `1.0` and `1e2` are integers, since JSON has one kind of
/// number; whoever reads a body after holding it against its schema does this in between.
///
/// ```
/// use serde_json::json;
/// let mut body = json!({ "remedy": 1.0, "pence": 1e4, "nested": [-0.0, 1.5, "1.0", 7] });
/// redress_shared::schema::whole_numbers(&mut body);
/// assert_eq!(body, json!({ "remedy": 1, "pence": 10_000, "nested": [0, 1.5, "1.0", 7] }));
/// ```
pub fn whole_numbers(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => {
            // By its text, so that nothing is reckoned in floating point.
            if let Some(Ok(whole)) = number.to_string().strip_suffix(".0").map(str::parse::<i64>) {
                *value = whole.into();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(whole_numbers),
        Value::Object(members) => members.values_mut().for_each(whole_numbers),
        _ => {}
    }
}
