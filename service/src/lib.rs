//! Live complaint cases over REST.
