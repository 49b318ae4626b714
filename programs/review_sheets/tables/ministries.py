"""The ministries of the review sheets: permanent codes and official English names. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ministry:
    code: str
    name_en: str


MINISTRIES = {
    "内閣官房": Ministry("cas", "Cabinet Secretariat"),
    "内閣府": Ministry("cao", "Cabinet Office"),
    "宮内庁": Ministry("kunaicho", "Imperial Household Agency"),
    "公正取引委員会": Ministry("jftc", "Japan Fair Trade Commission"),
    "警察庁": Ministry("npa", "National Police Agency"),
    "個人情報保護委員会": Ministry("ppc", "Personal Information Protection Commission"),
    "カジノ管理委員会": Ministry("jcrc", "Japan Casino Regulatory Commission"),
    "金融庁": Ministry("fsa", "Financial Services Agency"),
    "消費者庁": Ministry("caa", "Consumer Affairs Agency"),
    "こども家庭庁": Ministry("cfa", "Children and Families Agency"),
    "デジタル庁": Ministry("digital", "Digital Agency"),
    "復興庁": Ministry("reconstruction", "Reconstruction Agency"),
    "総務省": Ministry("soumu", "Ministry of Internal Affairs and Communications"),
    "法務省": Ministry("moj", "Ministry of Justice"),
    "外務省": Ministry("mofa", "Ministry of Foreign Affairs"),
    "財務省": Ministry("mof", "Ministry of Finance"),
    "文部科学省": Ministry(
        "mext", "Ministry of Education, Culture, Sports, Science and Technology"
    ),
    "厚生労働省": Ministry("mhlw", "Ministry of Health, Labour and Welfare"),
    "農林水産省": Ministry("maff", "Ministry of Agriculture, Forestry and Fisheries"),
    "経済産業省": Ministry("meti", "Ministry of Economy, Trade and Industry"),
    "国土交通省": Ministry("mlit", "Ministry of Land, Infrastructure, Transport and Tourism"),
    "環境省": Ministry("env", "Ministry of the Environment"),
    "原子力規制委員会": Ministry("nra", "Nuclear Regulation Authority"),
    "防衛省": Ministry("mod", "Ministry of Defense"),
}
