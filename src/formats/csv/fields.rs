//! Where each field of a record begins. The csv crate gives fields' texts, but only a record's
//! place; mistakes are to be named by column as well.

/// The byte at which each field's text begins in a record's raw text (past an opening quote), and
/// where a quote opens that is never closed. Quotes are read as the csv crate reads them: they open
/// only at a field's beginning, and two stand for one.
pub(super) fn places(raw: &str, delimiter: u8) -> (Vec<usize>, Option<usize>) {
    let bytes = raw.as_bytes();
    let mut at = bytes
        .iter()
        .take_while(|byte| matches!(byte, b'\r' | b'\n'))
        .count();
    let mut places = Vec::new();
    loop {
        let quoted = bytes.get(at) == Some(&b'"');
        places.push(at + usize::from(quoted));
        if quoted {
            match closing_quote(bytes, at + 1) {
                Some(close) => at = close + 1,
                None => return (places, Some(at)),
            }
        }
        while bytes
            .get(at)
            .is_some_and(|&byte| byte != delimiter && !matches!(byte, b'\r' | b'\n'))
        {
            at += 1;
        }
        if bytes.get(at) != Some(&delimiter) {
            return (places, None);
        }
        at += 1;
    }
}

/// Where the quote closes, past doubled ones.
fn closing_quote(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| byte == b'"')?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_begins_after_its_delimiter_and_its_quote() {
        assert_eq!(
            places("\r\na,\"b \"\"c\"\", d\",,e\n", b','),
            (vec![2, 5, 17, 18], None)
        );
    }

    #[test]
    fn an_open_quote_is_found() {
        assert_eq!(places("a,\"b\nc", b','), (vec![0, 3], Some(2)));
    }
}
