//! Holds a file that is read a second time against what the first reading found, so that no row of a file that changed in
//! between is sent.

use std::{
    fmt,
    io::{self, Read},
};

use sha2::{Digest, Sha256};

/// A checkpoint is taken every so many bytes, and no byte is given out before the checkpoint behind it has been passed.
const BLOCK: usize = 64 * 1024;

/// Hashes of a file's beginnings: one at the end of each block, and one at the end of the file. They take 8 bytes for each
/// 64 KiB.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checkpoints {
    bytes: u64,
    hashes: Vec<u64>,
}

/// Takes the checkpoints of what is read through it.
pub struct Recorder<R> {
    input: R,
    sha256: Sha256,
    checkpoints: Checkpoints,
}

/// Gives out what is read through it block by block, each after its checkpoint has been passed.
pub struct Verifier<R> {
    input: R,
    sha256: Sha256,
    checkpoints: Checkpoints,
    /// The bytes that were read, and passed their checkpoint.
    verified: u64,
    block: Vec<u8>,
    /// The bytes of the block that were given out.
    given: usize,
}

/// A file is not what it was when its checkpoints were taken.
#[derive(Debug)]
pub struct Changed;

impl<R: Read> Recorder<R> {
    pub fn new(input: R) -> Self {
        Self {
            input,
            sha256: Sha256::new(),
            checkpoints: Checkpoints::default(),
        }
    }

    /// The checkpoints, how many bytes were read, and their hash.
    pub fn end(mut self) -> (Checkpoints, u64, Sha256) {
        let bytes = self.checkpoints.bytes;
        if !bytes.is_multiple_of(BLOCK as u64) {
            self.checkpoints.hashes.push(running_hash(&self.sha256));
        }
        (self.checkpoints, bytes, self.sha256)
    }
}

impl<R: Read> Read for Recorder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let filled = (self.checkpoints.bytes % BLOCK as u64) as usize;
        let room = buffer.len().min(BLOCK - filled);
        let read = self.input.read(&mut buffer[..room])?;
        self.sha256.update(&buffer[..read]);
        self.checkpoints.bytes += read as u64;
        if filled + read == BLOCK {
            self.checkpoints.hashes.push(running_hash(&self.sha256));
        }
        Ok(read)
    }
}

impl<R: Read> Verifier<R> {
    pub fn new(input: R, checkpoints: Checkpoints) -> Self {
        Self {
            input,
            sha256: Sha256::new(),
            checkpoints,
            verified: 0,
            block: Vec::with_capacity(BLOCK),
            given: 0,
        }
    }

    /// Reads the next block. At the end there is none, and nothing may be behind it.
    fn advance(&mut self) -> io::Result<()> {
        let left = self.checkpoints.bytes - self.verified;
        let expected = left.min(BLOCK as u64);
        self.block.clear();
        self.given = 0;
        let most = expected.max(1);
        (&mut self.input).take(most).read_to_end(&mut self.block)?;
        self.sha256.update(&self.block);
        let index = usize::try_from(self.verified / BLOCK as u64).ok();
        let checkpoint = index.and_then(|index| self.checkpoints.hashes.get(index));
        let is_as_it_was = self.block.len() as u64 == expected
            && (expected == 0 || checkpoint == Some(&running_hash(&self.sha256)));
        if !is_as_it_was {
            self.block.clear();
            return Err(io::Error::other(Changed));
        }
        self.verified += expected;
        Ok(())
    }
}

impl<R: Read> Read for Verifier<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.block.len() {
            self.advance()?;
        }
        let read = (&self.block[self.given..]).read(buffer)?;
        self.given += read;
        Ok(read)
    }
}

impl Changed {
    /// Returns `true` if this error is one of a file that changed.
    pub fn is_in(err: &io::Error) -> bool {
        err.get_ref().is_some_and(|it| it.is::<Self>())
    }
}

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the file changed while it was imported")
    }
}

impl std::error::Error for Changed {}

/// The first eight bytes of the hash of all that was fed so far, which goes on.
pub fn running_hash(sha256: &Sha256) -> u64 {
    let digest = sha256.clone().finalize();
    digest[..8]
        .iter()
        .fold(0, |hash, &byte| hash << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checkpoints(bytes: &[u8]) -> Checkpoints {
        let mut recorder = Recorder::new(bytes);
        io::copy(&mut recorder, &mut io::sink()).unwrap();
        recorder.end().0
    }

    /// What is given out of the second reading, and whether the file was found to have changed.
    fn verified(first: &[u8], second: &[u8]) -> (Vec<u8>, bool) {
        let mut verifier = Verifier::new(second, checkpoints(first));
        let mut given = Vec::new();
        let outcome = verifier.read_to_end(&mut given);
        (given, outcome.is_err_and(|err| Changed::is_in(&err)))
    }

    #[test]
    fn a_file_that_stayed_is_given_out_whole() {
        for length in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK] {
            let file = vec![b'a'; length];

            assert_eq!(verified(&file, &file), (file, false), "{length}");
        }
    }

    #[test]
    fn nothing_of_a_changed_block_is_given_out() {
        let file: Vec<u8> = (0..3 * BLOCK + 100).map(|it| (it / 7) as u8).collect();
        let changed = |at: usize| {
            let mut file = file.clone();
            file[at] ^= 1;
            file
        };
        let longer = [&file[..], b"x"].concat();
        let cases = [
            (changed(0), 0),
            (changed(BLOCK - 1), 0),
            (changed(BLOCK), BLOCK),
            (changed(3 * BLOCK + 99), 3 * BLOCK),
            (file[..0].to_vec(), 0),
            (file[..2 * BLOCK].to_vec(), 2 * BLOCK),
            (file[..3 * BLOCK + 99].to_vec(), 3 * BLOCK),
            (longer, file.len()),
            ([&b"x"[..], &file].concat(), 0),
        ];

        for (second, expected) in cases {
            let (given, is_changed) = verified(&file, &second);

            assert!(is_changed, "{expected}");
            assert!(given == file[..expected], "{} {expected}", given.len());
        }
    }
}
