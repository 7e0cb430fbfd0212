"""The commonest words of languages that are not official, only to see that a text is in one.

Written for this project from general knowledge of the languages, 2026; licence of the project.
"""

from __future__ import annotations

from types import MappingProxyType

#: Words by language code, blanks between them.
OTHER_WORDS = MappingProxyType(
    {
        "pt": "de a o que e do da em um para com não uma os no se na por mais as dos"
        " como mas ao das à seu sua ou quando muito nos já também pelo pela até"
        " isso entre depois sem mesmo aos seus nas num esta este são foi ser às"
        " pelos pelas sobre está",
        "it": "di e il la che in un a per è una sono non con si da come le dei nel alla"
        " più o ma ha del della delle gli lo al anche i dal dalla su nella degli"
        " ed questo questa essere ai agli alle dello all dell nell loro suo sua"
        " tra presso sulla",
        "ca": "de la i que el a en els per un una les del al amb no és es d l s als"
        " dels van ha com o més aquest aquesta pel pels ser són seva seu entre"
        " però també sobre això",
        "gl": "de a o que e do da en un para con non unha os no se na por máis as dos"
        " como ao das á súa seu ou pola polo coa co entre sobre esta este são foi"
        " ser é nas nos",
        "ro": "de la și în a cu pe o din că nu un care se este pentru sau al ale lui"
        " prin sunt fi dintre ca au cele cel către asupra unei unui acest această",
        "la": "et in est ad cum non per sunt qui quae quod ut ex ab de sed aut esse"
        " atque etiam hoc eius si nec",
        "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein"
        " eine als auch es an werden aus er hat dass sie nach wird bei einer um am"
        " sind noch wie einem über einen so zum war haben nur oder aber vor zur"
        " bis durch zwischen beehrt",
        "nl": "de het een en van in te dat is op aan met voor die niet zijn er ook als"
        " bij om door naar uit dan tot over maar ter nog wel of worden wordt heeft"
        " hebben zal deze dit kan inzake tussen tegen onder werd waarin hierbij"
        " betreffende",
        "af": "die van en in is het dat te nie vir met op sy wat aan hulle was as om"
        " deur ook by",
        "sv": "och att det i en är som på för av med den till inte om har de ett från"
        " vid kan eller under sig mellan genom skall",
        "da": "og at det i en er som på for af med den til ikke om har de et fra ved"
        " kan eller under sig mellem blev skal",
        "no": "og å det i en er som på for av med den til ikke om har de et fra ved kan"
        " eller under seg mellom ble skal",
        "fi": "ja on että ei se oli hän mutta ovat myös kun niin kuin sekä joka tai olla",
        "hu": "a az és hogy nem egy is van meg ez de volt csak mint el vagy között szerint",
        "pl": "w i na z do się nie że to o jest przez dla od po za oraz jak przy między lub",
        "cs": "a v na se je že s z do o ve k pro za by jako nebo mezi od podle",
        "sq": "të e në dhe i një për me nga që është së si u me",
        "tr": "ve bir bu ile için olarak da de olan en gibi kadar daha veya arasında",
        "id": "dan yang di untuk dari dengan pada ini dalam itu tidak adalah oleh"
        " sebagai antara",
        "tl": "ang ng sa mga na at ay si ni para kay ito hindi",
        "sw": "ya na wa kwa ni za katika la cha kuwa hii au kama",
        "vi": "và của là các có cho trong được với không một này những người về",
        "eo": "la de kaj en estas al por ke kun ne per sur kiel",
    }
)
