//! Reads a file block by block, and compares a second reading with the first, so that no row of a file that changed in
//! between is sent.

use std::io::{self, BufRead, Read};

use sha2::{Digest, Sha256};

use super::error::Changed;

/// A block is given out only when its hash is that of the first reading.
const BLOCK: usize = 64 * 1024;

/// A running hash for each block of a file and one for its end: 8 bytes for each 64 KiB.
pub type BlockHashes = Vec<u64>;

/// A reader that hashes its input, or compares it with the hashes of a first reading.
pub struct Blocks<R> {
    input: R,
    expected: Option<BlockHashes>,
    hashes: BlockHashes,
    sha256: Sha256,
    bytes: u64,
    block: Vec<u8>,
    /// The part of the block that was given out.
    given: usize,
    is_over: bool,
}

impl<R: Read> Blocks<R> {
    /// With the hashes of a first reading, another content is an error.
    pub fn new(input: R, expected: Option<BlockHashes>) -> Self {
        Self {
            input,
            expected,
            hashes: Vec::new(),
            sha256: Sha256::new(),
            bytes: 0,
            block: Vec::with_capacity(BLOCK),
            given: 0,
            is_over: false,
        }
    }

    /// The hashes of the blocks, the SHA-256 of the file and its length, after it was read to its end.
    pub fn finish(self) -> (BlockHashes, String, u64) {
        (
            self.hashes,
            format!("{:x}", self.sha256.finalize()),
            self.bytes,
        )
    }

    fn next_block(&mut self) -> io::Result<()> {
        self.block.clear();
        self.given = 0;
        (&mut self.input)
            .take(BLOCK as u64)
            .read_to_end(&mut self.block)?;
        self.is_over = self.block.is_empty();
        self.sha256.update(&self.block);
        self.bytes += self.block.len() as u64;
        self.hashes.push(running_hash(&self.sha256));
        if let Some(expected) = &self.expected
            && expected.get(self.hashes.len() - 1) != self.hashes.last()
        {
            self.block.clear();
            self.is_over = false;
            self.hashes.pop();
            return Err(io::Error::other(Changed));
        }
        Ok(())
    }
}

impl<R: Read> BufRead for Blocks<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.given == self.block.len() && !self.is_over {
            self.next_block()?;
        }
        Ok(&self.block[self.given..])
    }

    fn consume(&mut self, amount: usize) {
        self.given += amount;
    }
}

impl<R: Read> Read for Blocks<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

/// The first eight bytes of the hash of everything so far.
pub fn running_hash(sha256: &Sha256) -> u64 {
    let digest = sha256.clone().finalize();
    digest[..8]
        .iter()
        .fold(0, |hash, &byte| hash << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The part of the second reading that is given out, and whether the file was found to have changed.
    fn verified(first: &[u8], second: &[u8]) -> (Vec<u8>, bool) {
        let mut blocks = Blocks::new(first, None);
        io::copy(&mut blocks, &mut io::sink()).unwrap();
        let mut second = Blocks::new(second, Some(blocks.finish().0));
        let mut given = Vec::new();
        let outcome = second.read_to_end(&mut given);
        let is_changed = |err: io::Error| err.get_ref().is_some_and(|it| it.is::<Changed>());
        (given, outcome.is_err_and(is_changed))
    }

    #[test]
    fn an_unchanged_file_is_given_out_whole() {
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
        let cases = [
            (changed(0), 0),
            (changed(BLOCK - 1), 0),
            (changed(BLOCK), BLOCK),
            (changed(3 * BLOCK + 99), 3 * BLOCK),
            (file[..0].to_vec(), 0),
            (file[..2 * BLOCK].to_vec(), 2 * BLOCK),
            (file[..3 * BLOCK + 99].to_vec(), 3 * BLOCK),
            ([&file[..], b"x"].concat(), 3 * BLOCK),
            ([&b"x"[..], &file].concat(), 0),
        ];

        for (second, expected) in cases {
            let (given, is_changed) = verified(&file, &second);

            assert!(is_changed, "{expected}");
            assert!(given == file[..expected], "{} {expected}", given.len());
        }
    }
}
