//! Compressed streams come back, those of other programs are read, and broken ones are errors.

use std::io::{self, BufRead, ErrorKind, Read, Write};

use dn_model::compression::{Compression, Decoder, Encoder};

/// Gives one byte at a time.
struct Slow<'b>(&'b [u8]);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = buffer.len().min(1);
        self.0.read(&mut buffer[..length])
    }
}

fn unpacked(stream: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    Decoder::new(stream)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[test]
fn plain_bytes_go_through() {
    for plain in [&b""[..], b"a", b"\x1f", b"\x28\xb5\x2f", b"abcd", b"abcde\0\xff", &[7; 200_000]] {
        assert_eq!(unpacked(plain).unwrap(), plain);
        assert_eq!(unpacked(Slow(plain)).unwrap(), plain);
        let mut encoder = Encoder::new(Vec::new(), Compression::None).unwrap();
        encoder.write_all(plain).unwrap();
        assert_eq!(encoder.finish().unwrap(), plain);
    }
    let lines: Vec<String> = Decoder::new(&b"one\ntwo\n"[..]).unwrap().lines().map(Result::unwrap).collect();
    assert_eq!(lines, ["one", "two"]);
}

#[test]
fn names_tell_how_to_write() {
    for (path, expected) in [
        ("a.jsonl.gz", Compression::Gzip),
        ("A.NQ.GZ", Compression::Gzip),
        ("a.trig.zst", Compression::Zstd),
        ("a.gz/b.nq", Compression::None),
        ("gz", Compression::None),
        (".gz", Compression::None),
        ("a.zstd.nq", Compression::None),
    ] {
        assert_eq!(Compression::of_path(path), expected, "{path}");
    }
}

#[cfg(not(feature = "compression"))]
#[test]
fn without_the_feature_it_says_so() {
    for (start, name) in [(&b"\x1f\x8b\x08\0"[..], "gzip"), (b"\x28\xb5\x2f\xfd", "zstd")] {
        let error = Decoder::new(start).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unsupported);
        let message = format!("this program was built without the feature `compression`, which {name} needs");
        assert_eq!(error.to_string(), message);
        assert_eq!(Encoder::new(Vec::new(), Compression::of_bytes(start)).unwrap_err().to_string(), message);
    }
}

#[cfg(feature = "compression")]
mod with_the_feature {
    use std::process::{Command, Stdio};

    use proptest::prelude::*;

    use super::*;

    const BOTH: [Compression; 2] = [Compression::Gzip, Compression::Zstd];

    fn packed(bytes: &[u8], compression: Compression) -> Vec<u8> {
        let mut encoder = Encoder::new(Vec::new(), compression).unwrap();
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// Lines like those of the data.
    fn lines(count: usize) -> Vec<u8> {
        (0..count)
            .flat_map(|n| {
                let n = n.wrapping_mul(2_654_435_761) % 1_000_003;
                format!("{{\"record\":\"claim\",\"subject\":\"country:c{}\",\"object\":\"topic:t{n}\"}}\n", n % 97)
                    .into_bytes()
            })
            .collect()
    }

    /// "Streams of several parts.\n", packed by the tools `gzip -n` and `zstd`.
    const BY_GZIP: &[u8] = &[
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x0b, 0x2e, 0x29, 0x4a, 0x4d, 0xcc, 0x2d, 0x56,
        0xc8, 0x4f, 0x53, 0x28, 0x4e, 0x2d, 0x4b, 0x2d, 0x4a, 0xcc, 0x51, 0x28, 0x48, 0x2c, 0x2a, 0x29, 0xd6, 0xe3,
        0x02, 0x00, 0xe9, 0x59, 0x6b, 0xe8, 0x1a, 0x00, 0x00, 0x00,
    ];
    const BY_ZSTD: &[u8] = &[
        0x28, 0xb5, 0x2f, 0xfd, 0x24, 0x1a, 0xd1, 0x00, 0x00, 0x53, 0x74, 0x72, 0x65, 0x61, 0x6d, 0x73, 0x20, 0x6f,
        0x66, 0x20, 0x73, 0x65, 0x76, 0x65, 0x72, 0x61, 0x6c, 0x20, 0x70, 0x61, 0x72, 0x74, 0x73, 0x2e, 0x0a, 0x5c,
        0xc7, 0xea, 0x5f,
    ];
    const TEXT: &[u8] = b"Streams of several parts.\n";

    #[test]
    fn streams_of_other_programs_are_read() {
        for by_tool in [BY_GZIP, BY_ZSTD] {
            assert_eq!(unpacked(by_tool).unwrap(), TEXT);
            assert_eq!(unpacked(Slow(by_tool)).unwrap(), TEXT);
            // Several parts, one of ours among them.
            let ours = packed(b"ours", Compression::of_bytes(by_tool));
            assert_eq!(
                unpacked([by_tool, &ours, by_tool].concat().as_slice()).unwrap(),
                [TEXT, b"ours", TEXT].concat()
            );
        }
        // Frames to be skipped, before, between and behind, and one without anything in it.
        let skip = b"\x5a\x2a\x4d\x18\x03\0\0\0abc";
        let empty = packed(b"", Compression::Zstd);
        let stream = [skip, BY_ZSTD, skip, &empty, skip, BY_ZSTD, skip].concat();
        assert_eq!(unpacked(stream.as_slice()).unwrap(), [TEXT, TEXT].concat());
        assert_eq!(Decoder::new(&skip[..]).unwrap().compression(), Compression::Zstd);
        assert_eq!(unpacked(&skip[..]).unwrap(), b"");
    }

    #[test]
    fn what_is_packed_comes_back_in_any_pieces() {
        for bytes in [Vec::new(), b"x".to_vec(), lines(3), vec![0; 3 << 20], lines(60_000), random(2_500_000)] {
            for compression in BOTH {
                let stream = packed(&bytes, compression);
                assert_eq!(Compression::of_bytes(&stream), compression);
                assert!(unpacked(stream.as_slice()).unwrap() == bytes, "{compression}, {} bytes", bytes.len());
                assert_eq!(packed(&bytes, compression), stream, "packed again it is another");
                // In pieces, with what is there so far made to be readable in between.
                let mut encoder = Encoder::new(Vec::new(), compression).unwrap();
                for (n, piece) in bytes.chunks(100_003).enumerate() {
                    encoder.write_all(piece).unwrap();
                    if n % 3 == 0 {
                        encoder.flush().unwrap();
                        encoder.flush().unwrap();
                    }
                }
                assert!(unpacked(encoder.finish().unwrap().as_slice()).unwrap() == bytes);
            }
        }
        let text = lines(60_000);
        for compression in BOTH {
            assert!(packed(&text, compression).len() * 4 < text.len(), "{compression} is of no use");
        }
    }

    fn random(count: usize) -> Vec<u8> {
        let mut state = 1u64;
        std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 56) as u8
        })
        .take(count)
        .collect()
    }

    /// A stream ends where it says so, and nowhere else; only between two parts nothing is missing.
    #[test]
    fn every_cut_is_found() {
        for compression in BOTH {
            let parts = [packed(&lines(20), compression), packed(&lines(7), compression)];
            let stream = parts.concat();
            for length in 4..stream.len() {
                if length == parts[0].len() {
                    assert_eq!(unpacked(&stream[..length]).unwrap(), lines(20));
                    continue;
                }
                let error =
                    unpacked(&stream[..length]).err().unwrap_or_else(|| panic!("{compression}: {length} bytes"));
                // A part of the first bytes of a part does not say yet that it is one.
                assert_eq!(error.kind(), ErrorKind::UnexpectedEof, "{compression}: {length} bytes: {error}");
                assert_eq!(error.to_string(), format!("the {compression} stream is cut off"));
            }
            assert_eq!(unpacked(stream.as_slice()).unwrap(), [lines(20), lines(7)].concat());
        }
    }

    #[test]
    fn what_is_no_further_part_is_an_error() {
        for compression in BOTH {
            for behind in [&b"text behind it"[..], b"\0", &[0; 512], b"\n"] {
                let stream = [&packed(&lines(3), compression), behind].concat();
                let error = unpacked(stream.as_slice()).unwrap_err();
                assert!(matches!(error.kind(), ErrorKind::InvalidData | ErrorKind::UnexpectedEof), "{error}");
            }
        }
    }

    #[test]
    fn an_encoder_that_is_dropped_leaves_a_stream_that_is_cut_off() {
        struct Shared<'v>(&'v mut Vec<u8>);
        impl Write for Shared<'_> {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0.write(bytes)
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        // One is shorter than a frame of zstd, the other longer, and the last is asked for all so far.
        for (compression, count, is_flushed) in
            BOTH.into_iter().flat_map(|both| [(both, 100, false), (both, 50_000, false), (both, 100, true)])
        {
            let mut written = Vec::new();
            let mut encoder = Encoder::new(Shared(&mut written), compression).unwrap();
            encoder.write_all(&lines(count)).unwrap();
            if is_flushed {
                encoder.flush().unwrap();
            }
            drop(encoder);
            assert_eq!(unpacked(written.as_slice()).unwrap_err().kind(), ErrorKind::UnexpectedEof, "{compression}");
        }
    }

    /// A writer that fails at any byte is an error, and not a panic, when its encoder is dropped either.
    #[test]
    fn a_writer_that_is_full_is_told() {
        struct Full(usize);
        impl Write for Full {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                let length = bytes.len().min(self.0);
                self.0 -= length;
                if length == 0 { Err(ErrorKind::StorageFull.into()) } else { Ok(length) }
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        for compression in BOTH {
            let length = packed(&lines(50), compression).len();
            for room in 0..length {
                let mut encoder = Encoder::new(Full(room), compression).unwrap();
                let result = encoder.write_all(&lines(50)).and_then(|()| encoder.finish().map(drop));
                assert_eq!(result.unwrap_err().kind(), ErrorKind::StorageFull);
            }
        }
    }

    #[test]
    fn a_reader_that_fails_is_told_apart_from_one_that_ends() {
        struct Fails;
        impl Read for Fails {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::new(ErrorKind::ConnectionReset, "the cable is out"))
            }
        }
        for compression in BOTH {
            let stream = packed(&lines(20), compression);
            for length in 0..stream.len() {
                let error = unpacked(stream[..length].chain(Fails)).unwrap_err();
                assert_eq!(
                    (error.kind(), error.to_string().as_str()),
                    (ErrorKind::ConnectionReset, "the cable is out")
                );
            }
        }
    }

    /// A window of more than a terabyte, and one of as much as is permitted, in a few bytes.
    #[test]
    fn a_window_takes_memory_only_as_it_is_filled_and_up_to_a_limit() {
        let frame = |window: u8| [&b"\x28\xb5\x2f\xfd\x00"[..], &[window], b"\x01\x00\x00"].concat();
        let error = unpacked(frame(31 << 3).as_slice()).unwrap_err();
        assert!(error.to_string().starts_with("the zstd stream is damaged: "), "{error}");
        assert!(error.to_string().contains("too big"), "{error}");
        assert!(unpacked(frame(17 << 3 | 1).as_slice()).is_err());
        let largest = frame(17 << 3);
        assert_eq!(unpacked(largest.as_slice()).unwrap(), b"");
        assert_eq!(unpacked(largest.repeat(1_000).as_slice()).unwrap(), b"");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn any_bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..3000), repeat in 1usize..300) {
            let bytes = bytes.repeat(repeat);
            for compression in BOTH {
                prop_assert!(unpacked(packed(&bytes, compression).as_slice()).unwrap() == bytes);
            }
        }

        /// Every change is found by a checksum, if not before; some bits say nothing, such as that of the
        /// system on which a gzip stream was made. In no case does anything panic.
        #[test]
        fn changed_streams_have_an_outcome(at in any::<proptest::sample::Index>(), bytes in proptest::collection::vec(any::<u8>(), 1..5)) {
            for compression in BOTH {
                let mut stream = packed(&lines(40), compression);
                let at = at.index(stream.len());
                for (place, byte) in stream[at..].iter_mut().zip(&bytes) {
                    *place = *byte;
                }
                if let Ok(unpacked) = unpacked(stream.as_slice()) {
                    // What is no longer taken for a compressed stream goes through.
                    prop_assert!(unpacked == lines(40) || unpacked == stream);
                }
            }
        }

        #[test]
        fn made_up_streams_have_an_outcome(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            for start in [&b"\x1f\x8b\x08\0\0\0\0\0\0\0"[..], b"\x28\xb5\x2f\xfd", b"\x28\xb5\x2f\xfd\x20", b"\x28\xb5\x2f\xfd\x24"] {
                let stream = [start, &bytes].concat();
                _ = Decoder::new(stream.as_slice()).unwrap().take(100 << 20).read_to_end(&mut Vec::new());
            }
        }
    }

    /// Where the tools are at hand, both read what the other writes.
    #[test]
    fn the_tools_read_our_streams_and_we_theirs() {
        for (tool, compression) in [("gzip", Compression::Gzip), ("zstd", Compression::Zstd)] {
            let run = |argument: &str, input: &[u8]| -> Option<Vec<u8>> {
                let mut child = Command::new(tool)
                    .args(["-q", argument, "-c"])
                    .stdin(Stdio::piped())
                    .stdout(Stdio::piped())
                    .spawn()
                    .ok()?;
                let mut stdin = child.stdin.take()?;
                std::thread::scope(|scope| {
                    scope.spawn(move || stdin.write_all(input));
                    let output = child.wait_with_output().ok()?;
                    assert!(output.status.success(), "{tool} {argument}");
                    Some(output.stdout)
                })
            };
            if run("-1", b"").is_none() {
                eprintln!("{tool} is not at hand");
                continue;
            }
            for bytes in [Vec::new(), lines(1), lines(50_000), random(1_500_000), vec![b'a'; 2_200_000]] {
                assert!(run("-d", &packed(&bytes, compression)).unwrap() == bytes, "{tool} -d");
                for level in ["-1", "-9"] {
                    assert!(unpacked(run(level, &bytes).unwrap().as_slice()).unwrap() == bytes, "{tool} {level}");
                }
            }
        }
    }
}
