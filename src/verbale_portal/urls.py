"""The addresses of the site. Each has a row in ``routes.tsv``, or the site does not start."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, register_converter

from verbale_portal.addresses import FormatPart, LanguagePart, SectionPart
from verbale_portal.api import api
from verbale_portal.pages import (
    citing,
    document,
    errors,
    feeds,
    files,
    front,
    harvest,
    lists,
    publiclog,
    search,
    sitemap,
)
from verbale_portal.routes import check_routes

register_converter(LanguagePart, "lang")
register_converter(FormatPart, "format")
register_converter(SectionPart, "section")
register_converter(feeds.FeedPart, "feed")
register_converter(citing.ReferencePart, "reference")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.front),
    path("robots.txt", front.robots),
    path("favicon.ico", front.favicon),
    path("api/", api.urls),
    path("oai", harvest.harvest),
    path("sitemap.xml", sitemap.index),
    path("sitemap-<int:number>.xml", sitemap.part),
    path("feed.<feed:kind>", feeds.newest),
    path("<lang:lang>/feed.<feed:kind>", feeds.newest),
    path("<lang:lang>/search/feed.<feed:kind>", feeds.search),
    path("<lang:lang>/bodies/<path:body>/sessions/<session>/feed.<feed:kind>", feeds.session),
    path("<lang:lang>/bodies/<path:body>/feed.<feed:kind>", feeds.body),
    path("<lang:lang>/states/<state>/feed.<feed:kind>", feeds.state),
    path("static/<name>", front.static),
    path("log", front.to_log),
    path("log/", publiclog.index),
    path("log/<path:name>", publiclog.file),
    path("<lang:lang>", front.to_language),
    path("<lang:lang>/", lists.newest),
    path("<lang:lang>/<section:section>", front.to_section),
    path("<lang:lang>/help/", front.help_page),
    path("<lang:lang>/bodies/", lists.bodies),
    path("<lang:lang>/bodies/<path:body>/sessions/<session>/", lists.session),
    path("<lang:lang>/bodies/<path:body>/", lists.body),
    path("<lang:lang>/states/", lists.states),
    path("<lang:lang>/states/<state>/", lists.state),
    path("<lang:lang>/search", search.search),
    path("<lang:lang>/search/complete", search.complete),
    path("<lang:lang>/dates/", lists.dates),
    path("<lang:lang>/dates/<date>/", lists.date),
    path("<lang:lang>/<section:section>/<path:rest>", front.to_section),
    path("<lang:lang>/<path:symbol>/<reference:kind>", citing.reference),
    path("<path:symbol>/bundle.zip", citing.bundle),
    path("<path:symbol>/<reference:kind>", citing.reference),
    path("<lang:lang>/<path:symbol>/received/<int:number>", files.received),
    path("<lang:lang>/<path:symbol>/beside/<lang:other>", document.beside),
    path("<lang:lang>/<path:symbol>/<format:ending>", files.version),
    path("<lang:lang>/<path:symbol>", document.version),
    path("<path:symbol>/received/<int:number>", files.received),
    path("<path:symbol>/<format:ending>", files.version),
    path("<path:symbol>", document.document),
]
check_routes(urlpatterns)

handler400 = errors.bad_request
handler403 = errors.not_found
handler404 = errors.not_found
handler500 = errors.server_error
