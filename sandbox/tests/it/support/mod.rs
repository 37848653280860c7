//! A raw client: what goes over the wire, with nothing in between.
