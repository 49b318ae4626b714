"""The one way a parser says no: what was read, why it cannot be, and what was probably meant."""


class Refusal(ValueError):
    """A value that cannot be read as what it should be.

    code      stable name for tests and JSON: "year.era_range"
    value     the text as it was typed
    ja, en    the reason in a sentence, in Japanese and in English
    proposal  what was probably meant, ready to be typed instead; "" when nobody can tell
    """

    def __init__(self, code: str, value: str, *, ja: str, en: str, proposal: str = "") -> None:
        super().__init__(ja)
        self.code = code
        self.value = value
        self.ja = ja
        self.en = en
        self.proposal = proposal

    def text(self, language: str | None) -> str:
        """Return reason and proposal for an editor: Japanese unless `language` is "en"."""
        if language == "en":
            return f"{self.en} Did you mean {self.proposal}?" if self.proposal else self.en
        return f"{self.ja}{self.proposal}のことでしょうか？" if self.proposal else self.ja
