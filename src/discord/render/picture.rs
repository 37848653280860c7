//! From an SVG to a picture: only with the feature `pictures`.

/// The picture as PNG; `None` where this Beadle draws none.
#[cfg(not(feature = "pictures"))]
pub(super) fn png(_: &str) -> Option<Vec<u8>> {
    None
}

#[cfg(feature = "pictures")]
pub(super) use drawn::png;

#[cfg(feature = "pictures")]
mod drawn {
    use std::sync::{Arc, LazyLock};

    use resvg::tiny_skia::{Pixmap, Transform};
    use resvg::usvg::fontdb::Database;
    use resvg::usvg::{Options, Tree};
    use tracing::warn;

    /// The letters of Latin, Greek and Cyrillic of DejaVu Sans; its licence stands beside it.
    static LETTERS: &[u8] = include_bytes!("../../../assets/DejaVuSans-subset.ttf");

    /// Screens show more than one point for each unit of length.
    const SCALE: f32 = 2.0;

    /// Read once: fonts of the machine are not asked for, so that a picture looks the same everywhere.
    static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut fonts = Database::new();
        fonts.load_font_data(LETTERS.to_vec());
        Arc::new(fonts)
    });

    /// The picture as PNG; `None` if it cannot be drawn, which is said.
    pub(in crate::discord::render) fn png(svg: &str) -> Option<Vec<u8>> {
        let drawn = draw(svg);
        if drawn.is_none() {
            warn!("the digest goes without its picture, which could not be drawn");
        }
        drawn
    }

    fn draw(svg: &str) -> Option<Vec<u8>> {
        let options = Options {
            fontdb: FONTS.clone(),
            font_family: "DejaVu Sans".to_owned(),
            ..Options::default()
        };
        let tree = Tree::from_str(svg, &options).ok()?;
        let size = tree.size().to_int_size().scale_by(SCALE)?;
        let mut picture = Pixmap::new(size.width(), size.height())?;
        resvg::render(
            &tree,
            Transform::from_scale(SCALE, SCALE),
            &mut picture.as_mut(),
        );
        picture.encode_png().ok()
    }

    #[cfg(test)]
    mod tests {
        use super::png;

        /// How many points of a picture differ from its upper left corner.
        fn inked(svg: &str) -> usize {
            let png = png(svg).expect("it can be drawn");
            let picture = resvg::tiny_skia::Pixmap::decode_png(&png).expect("a picture");
            let ground = picture.pixels()[0];
            picture.pixels().iter().filter(|it| **it != ground).count()
        }

        #[test]
        fn letters_are_drawn_with_beadles_own_font() {
            let svg = |words: &str| {
                format!(
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"40\">\
                     <text x=\"5\" y=\"25\" font-family=\"DejaVu Sans\">{words}</text></svg>"
                )
            };
            assert_eq!(inked(&svg(" ")), 0);
            assert!(inked(&svg("Why β?")) > 500);
            assert!(inked(&svg("Ünïcødé Ж")) > 500);
        }

        #[test]
        fn what_is_no_picture_is_left_out() {
            assert_eq!(png("no picture"), None);
        }
    }
}
