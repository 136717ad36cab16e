//! Hashes of words: the same in every run, and quick.

/// Returns a hash of bytes, eight at a time.
pub fn hash(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |hash: u64, piece: u64| {
        let product = u128::from(hash ^ piece) * u128::from(FACTOR);
        product as u64 ^ (product >> 64) as u64
    };
    let (pieces, rest) = bytes.as_chunks::<8>();
    let mut hash = bytes.len() as u64 ^ 0xA24B_AED4_963E_E407;
    for piece in pieces {
        hash = mix(hash, u64::from_le_bytes(*piece));
    }
    let hash = mix(hash, last_piece(rest));
    hash ^ hash >> 29
}

/// Returns fewer than eight bytes as a number, the first the lowest: by pieces that may overlap.
fn last_piece(rest: &[u8]) -> u64 {
    let [first, .., last] = *rest else { return rest.first().map_or(0, |&byte| byte.into()) };
    let bits = 8 * rest.len() as u32;
    if let (Some(low), Some(high)) = (rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
        let [low, high] = [low, high].map(|four| u64::from(u32::from_le_bytes(*four)));
        return low | high << (bits - 32);
    }
    let middle = rest.get(1).copied().unwrap_or_default();
    u64::from(first) | u64::from(middle) << 8 | u64::from(last) << (bits - 8)
}

/// Returns the hash of the word in small letters.
pub fn small_hash(word: &str) -> u64 {
    let mut small = [0; 64];
    if word.is_ascii()
        && let Some(place) = small.get_mut(..word.len())
    {
        place.copy_from_slice(word.as_bytes());
        place.make_ascii_lowercase();
        return hash(place);
    }
    let mut end = 0;
    for c in word.chars() {
        let c = c.to_lowercase().next().unwrap_or(c);
        let Some(place) = small.get_mut(end..end + c.len_utf8()) else { break };
        end += c.encode_utf8(place).len();
    }
    hash(small.get(..end).unwrap_or_default())
}

/// Returns the part of a word's hash that its token keeps.
pub fn low_of(hash: u64) -> u32 {
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_bytes_are_read_as_one_number() {
        let bytes = [0x81, 2, 0xF3, 4, 5, 0x76, 7];
        for length in 0..8 {
            let rest = &bytes[..length];
            let number = rest.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte));
            assert_eq!(last_piece(rest), number, "{length}");
        }
    }
}
