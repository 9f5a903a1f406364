#ifndef S3CONN_BASE_TEXT_H_
#define S3CONN_BASE_TEXT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace s3conn {

std::string HexEncode(std::span<const unsigned char> bytes);  // lower-case
std::optional<std::string> HexDecode(std::string_view text);  // of either case
std::string Base64Encode(std::span<const unsigned char> bytes);
std::optional<std::string> Base64Decode(std::string_view text);

enum class Slash { kKeep, kEncode };
// RFC 3986 as SigV4 wants it: every octet but A-Z a-z 0-9 - . _ ~ (and '/' where kept) as %XX, upper-case.
std::string PercentEncode(std::string_view raw, Slash slash);
// "%41" becomes "A"; "+" stays. nullopt for a broken escape.
std::optional<std::string> PercentDecode(std::string_view encoded);

std::string AsciiLower(std::string_view text);
bool EqualsIgnoringCase(std::string_view a, std::string_view b);
std::string_view Trim(std::string_view text);  // spaces, tabs, CR, LF at both ends

bool IsValidUtf8(std::string_view text);
bool HasControlCharacter(std::string_view text);  // C0 and DEL
// What a method or the name of a header may be (RFC 9110, section 5.6.2).
bool IsToken(std::string_view text);

// For terminals and messages: C0, DEL, C1, bidirectional controls, line separators and invalid UTF-8 become
// \xNN or \u{…}; a backslash becomes "\\". Everything else stays.
std::string EscapeForTerminal(std::string_view text);

// The same, cut after about `longest` bytes, never within a character, with "…" for the rest.
std::string Abbreviate(std::string_view text, std::size_t longest);

// Whole text as a decimal number; nullopt for anything else, signs and overflow included.
std::optional<std::uint64_t> ParseUnsigned(std::string_view digits);

// The candidate with the smallest edit distance to `word`, if it is near enough to be a slip of the finger.
std::optional<std::string_view> Nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace s3conn

#endif  // S3CONN_BASE_TEXT_H_
