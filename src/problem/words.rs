//! Every fault in words.
