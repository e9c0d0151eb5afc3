//! The same names in a build without object stores: nothing of it can be made.

use super::{Address, Object, Refused, Transfer};
use crate::error::Result;
use std::io::{self, Read, Seek, SeekFrom};

#[derive(Debug, Default)]
pub(crate) struct Stores(());

#[derive(Clone)]
pub(crate) enum Store {}

pub(crate) enum ObjectReader {}

pub(crate) enum ObjectBlocks {}

pub(crate) struct Level {
    pub objects: Vec<Object>,
    pub prefixes: Vec<String>,
}

impl Stores {
    pub fn open(&self, _: &Address) -> io::Result<Store> {
        Err(Refused::NotBuilt.into())
    }
}

impl Store {
    pub fn find(&self, _: &str) -> io::Result<Option<Object>> {
        match *self {}
    }

    pub fn list(&self, _: &str) -> io::Result<std::iter::Empty<io::Result<Object>>> {
        match *self {}
    }

    pub fn level(&self, _: &str) -> io::Result<Level> {
        match *self {}
    }

    pub fn read(&self, _: &str) -> io::Result<ObjectReader> {
        match *self {}
    }

    pub fn get(&self, _: &str) -> io::Result<Option<Vec<u8>>> {
        match *self {}
    }

    pub fn delete(&self, _: impl Iterator<Item = String> + Send + 'static) -> io::Result<()> {
        match *self {}
    }

    pub fn put_files(
        &self,
        _: impl Iterator<Item = Transfer> + Send,
        _: &(dyn Fn(&Transfer, Option<String>) -> Result<()> + Sync),
    ) -> Result<()> {
        match *self {}
    }

    pub fn get_files(&self, _: impl Iterator<Item = Transfer> + Send) -> Result<()> {
        match *self {}
    }
}

impl ObjectReader {
    pub fn size(&self) -> u64 {
        match *self {}
    }

    pub fn into_blocks(self) -> ObjectBlocks {
        match self {}
    }
}

impl Read for ObjectReader {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        match *self {}
    }
}

impl Read for ObjectBlocks {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        match *self {}
    }
}

impl Seek for ObjectBlocks {
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        match *self {}
    }
}
