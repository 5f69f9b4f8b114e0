//! The frames of zstd streams.

use std::io::{self, BufRead, ErrorKind, Read, Write};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

/// The largest window, which is what a stream can demand of memory: that of the `zstd` tool.
const WINDOW: u64 = 128 << 20;

/// Reads the frames of a stream, one after the other.
pub(super) struct Frames<R> {
    source: Watched<R>,
    decoder: FrameDecoder,
    /// Whether a frame has begun that has not ended.
    is_inside: bool,
    /// How many bytes came of this frame.
    unpacked: u64,
}

impl<R: BufRead> Frames<R> {
    pub(super) fn new(source: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        Frames { source: Watched { source, has_ended: false, failure: None }, decoder, is_inside: false, unpacked: 0 }
    }

    /// Begins the next frame; `false` where there is none.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            if self.source.source.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.reset(&mut self.source) {
                Ok(()) => break,
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    let length = u64::from(length);
                    if io::copy(&mut self.source.by_ref().take(length), &mut io::sink())? < length {
                        return Err(cut_off());
                    }
                }
                Err(error) => return Err(self.source.error(&error)),
            }
        }
        self.is_inside = true;
        self.unpacked = 0;
        Ok(true)
    }

    /// What was unpacked is what was packed.
    fn end(&mut self) -> io::Result<()> {
        self.is_inside = false;
        let told = self.decoder.get_checksum_from_data();
        if told.is_some() && told != self.decoder.get_calculated_checksum() {
            return Err(damaged("its checksum does not fit"));
        }
        // 0 stands for a length that is not told.
        if ![0, self.unpacked].contains(&self.decoder.content_size()) {
            return Err(damaged("it is of another length than it tells"));
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.is_inside && !self.begin()? {
                return Ok(0);
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let blocks = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.source, blocks).map_err(|error| self.source.error(&error))?;
            }
            let count = self.decoder.read(buffer)?;
            self.unpacked += count as u64;
            if self.decoder.is_finished() && self.decoder.can_collect() == 0 {
                self.end()?;
            }
            if count > 0 {
                return Ok(count);
            }
        }
    }
}

/// A reader of which it is known afterwards why no more came of it.
struct Watched<R> {
    source: R,
    has_ended: bool,
    failure: Option<io::Error>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.source.read(buffer) {
            Ok(count) => {
                self.has_ended |= count == 0 && !buffer.is_empty();
                Ok(count)
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => Err(error),
            Err(error) => {
                let kind = error.kind();
                self.failure = Some(error);
                Err(kind.into())
            }
        }
    }
}

impl<R> Watched<R> {
    /// What the decoder met, or what the reader had met before it.
    fn error(&mut self, error: &FrameDecoderError) -> io::Error {
        match self.failure.take() {
            Some(failure) => failure,
            None if self.has_ended => cut_off(),
            None => damaged(&error.to_string()),
        }
    }
}

fn cut_off() -> io::Error {
    io::Error::new(ErrorKind::UnexpectedEof, "the zstd stream is cut off")
}

fn damaged(how: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, format!("the zstd stream is damaged: {how}"))
}

/// How a frame begins.
const MAGIC: [u8; 4] = *b"\x28\xb5\x2f\xfd";

/// What goes into one frame.
const FRAME: usize = 1 << 20;

/// Writes frames of a megabyte, each with its checksum.
pub(super) struct Writer<W: Write> {
    /// It is there until the stream is finished.
    writer: Option<W>,
    frame: Vec<u8>,
    /// Whether there is a frame already: without any, the stream would be none.
    has_begun: bool,
}

impl<W: Write> Writer<W> {
    pub(super) fn new(writer: W) -> Self {
        Writer { writer: Some(writer), frame: Vec::new(), has_begun: false }
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.writer.as_mut().map_or(Ok(()), |writer| writer.write_all(bytes))
    }

    fn write_frame(&mut self) -> io::Result<()> {
        let frame = compress_to_vec(self.frame.as_slice(), CompressionLevel::Fastest);
        // Whoever goes on after a failure does not write the same again.
        self.frame.clear();
        self.has_begun = true;
        self.write_all(&frame)
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        if !self.frame.is_empty() || !self.has_begun {
            self.write_frame()?;
        }
        let mut writer = self.writer.take().ok_or(ErrorKind::BrokenPipe)?;
        writer.flush()?;
        Ok(writer)
    }
}

impl<W: Write> Write for Writer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.frame.len() >= FRAME {
            self.write_frame()?;
        }
        let count = bytes.len().min(FRAME - self.frame.len());
        self.frame.extend_from_slice(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.frame.is_empty() {
            self.write_frame()?;
        }
        self.writer.as_mut().map_or(Ok(()), W::flush)
    }
}

impl<W: Write> Drop for Writer<W> {
    /// Frames are whole, each for itself. So that what somebody stopped to write does not look whole too,
    /// another one begins.
    fn drop(&mut self) {
        _ = self.write_all(&MAGIC);
    }
}
