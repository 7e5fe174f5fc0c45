//! The Code's data against what is known of the Code.

mod editions;
mod evidence;
mod ombudsman;
mod refusals;
mod topics;
mod wording;
