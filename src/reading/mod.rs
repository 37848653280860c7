//! What a message means: offsets in it, is it a question, does it answer, is it the same.
