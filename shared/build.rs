//! Has the crate built again when a policy, a clause register or the folder they are in changes: what is embedded is a list
//! of files, and cargo would not notice a new one by itself.

fn main() {
    println!("cargo::rerun-if-changed=policies");
}
