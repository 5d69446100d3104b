from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from reminders import (
    deadline_views,
    feed_views,
    notice_views,
    outbox_views,
    preference_views,
    schedule_views,
    settings_views,
)

app_name = "reminders"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("reminders.asking.urls")),
    path("", include("reminders.asking.list_urls")),
    path("", include("reminders.asking.lower_urls")),
    path("viec/<str:kind>/<int:subject>/<int:slot>/", deadline_views.deadline, name="deadline"),
    path("lich/", schedule_views.schedule, name="schedule"),
    path("lich/tai/<str:to>/", schedule_views.schedule_download, name="schedule_download"),
    path("lich-dien-tu/", feed_views.feed_list, name="feeds"),
    path("lich-dien-tu/tao/<int:unit_pk>/", feed_views.feed_make, name="feed_make"),
    path("lich-dien-tu/<int:pk>/huy/", feed_views.feed_revoke, name="feed_revoke"),
    path("thong-bao/", notice_views.notice_list, name="notices"),
    path("thong-bao/da-doc/", notice_views.read_all, name="notices_read"),
    path("thong-bao/<int:pk>/", notice_views.notice, name="notice"),
    path("da-gui/", outbox_views.outbox_list, name="outbox"),
    path("da-gui/<int:pk>/", outbox_views.message, name="message"),
    path("da-gui/<int:pk>/gui-lai/", outbox_views.resend, name="resend"),
    path("cach-nhac/", settings_views.settings_page, name="settings"),
    path("cach-nhac/<int:pk>/", settings_views.settings_of_unit, name="settings_unit"),
    path("cach-nhac/<int:pk>/gio/", settings_views.hours, name="settings_hours"),
    path("cach-nhac/<int:pk>/tong-hop-tuan/", settings_views.weekly, name="settings_weekly"),
    path("cach-nhac/<int:pk>/moc/<str:kind>/", settings_views.ladder, name="settings_ladder"),
    path("cach-nhac/<int:pk>/ngay/", settings_views.days, name="settings_days"),
    path("cach-nhac/<int:pk>/ngay/<int:day_pk>/bo/", settings_views.day_remove, name="settings_day_remove"),
    path("cach-nhac/<int:pk>/mau/<str:name>/", settings_views.text, name="settings_text"),
    path("cua-toi/", preference_views.preference, name="preference"),
]
