"""The registry on Django: models, migrations, the one production Store."""
