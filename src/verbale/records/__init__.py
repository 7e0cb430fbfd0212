"""What libraries, reference managers, feed readers and search engines are told of a document.

Each module writes one family of formats from a `Record`; none knows a register or a site.
"""
