import calendar
import datetime as dt
import time
from zoneinfo import ZoneInfo
base = dt.datetime(2024, 2, 28, 23, 59, 58, 999_999)
print([str(base + dt.timedelta(seconds=s)) for s in (0, 1e-6, 1.5, 86400, -86400 * 60)], base.isoformat("T", "milliseconds"), base.timetuple()[:8], base.toordinal(), base.isocalendar(), base.strftime("%A %d %B %Y %I:%M %p %j %U %W %V %G %u %f %%"))
for text in ("2024-02-29", "2023-02-29", "2024-W09-4", "20240229T101112.5", "2024-02-29T10:11:12+05:30:15.5", "2024-02-29 24:00", "2024-13-01", "nope", "2024-02-29T10:11:12Z", "2024-02-29T10"):
    try: print(text, repr(dt.datetime.fromisoformat(text)))
    except ValueError as error: print(text, error)
for text, form in (("29 Feb 2024", "%d %b %Y"), ("12:60", "%H:%M"), ("1 PM", "%I %p"), ("2024-060", "%Y-%j"), ("+0530", "%z"), ("x", "%Y"), ("24 24", "%y %y"), ("Thu Feb 29 2024", "%a %b %d %Y")):
    try: print(text, dt.datetime.strptime(text, form))
    except (ValueError, Exception) as error: print(text, type(error).__name__, error)
zone = dt.timezone(dt.timedelta(hours=-3, minutes=-30), "odd")
aware = base.replace(tzinfo=zone)
print(aware, aware.utcoffset(), aware.astimezone(dt.timezone.utc), aware.timestamp(), aware.tzname(), dt.datetime.fromtimestamp(1e9, dt.timezone.utc), dt.datetime.fromtimestamp(-1.5, zone))
for name in ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"):
    tz = ZoneInfo(name)
    for moment in (dt.datetime(2024, 3, 31, 1, 0, tzinfo=dt.timezone.utc), dt.datetime(2024, 11, 3, 6, 30, tzinfo=dt.timezone.utc)): print(name, moment.astimezone(tz), moment.astimezone(tz).tzname(), moment.astimezone(tz).fold)
for action in ("dt.date(2023, 2, 29)", "dt.date.max + dt.timedelta(1)", "aware < base", "aware == base", "base - base.replace(year=1)", "dt.timedelta(days=1e10)", "dt.timedelta(1) / 7", "dt.timedelta(1) // dt.timedelta(hours=7)", "divmod(dt.timedelta(5), dt.timedelta(2))", "dt.timedelta(-1, 5)", "repr(dt.timedelta(weeks=1, microseconds=-1))", "dt.time(25)", "dt.time(1, 2) < dt.time(1, 3)", "dt.date(2024, 1, 31).replace(month=2)", "min(dt.date.min, dt.date(1, 1, 2))", "dt.timezone(dt.timedelta(hours=24))"):
    try: print(action, eval(action))
    except Exception as error: print(action, type(error).__name__, error)
print(calendar.month(2024, 2), calendar.monthrange(2023, 2), calendar.isleap(1900), calendar.timegm((2001, 9, 9, 1, 46, 40)), list(calendar.Calendar(6).itermonthdays(2024, 2))[:10])
print(time.strftime("%Y-%m-%d", time.gmtime(0)), time.gmtime(1e9)[:6], time.strptime("10:20", "%H:%M")[:6], time.mktime((1970, 1, 2, 0, 0, 0, 0, 0, 0)))
