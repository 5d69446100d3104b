"""Every address of the program. Allauth's views are named one by one: only what an office needs is open."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from reminders import feed_views
from reminders.asking import link_views
from tdkt import views
from tdkt.healthz import healthz
from units import account_views, founding_views

# The names are those that allauth reverses.
account_urls = [
    path("", account_views.account, name="account"),
    path("co-chu/", account_views.text_size, name="account_text_size"),
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", login_not_required(account.logout), name="account_logout"),
    path("ngung-hoat-dong/", account.account_inactive, name="account_inactive"),
    path("xac-nhan-mat-khau/", account.reauthenticate, name="account_reauthenticate"),
    path("doi-mat-khau/", account.password_change, name="account_change_password"),
    path("hai-buoc/", mfa.index, name="mfa_index"),
    path("hai-buoc/nhap-ma/", mfa.authenticate, name="mfa_authenticate"),
    path("hai-buoc/xac-nhan/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("hai-buoc/bat/", totp.activate_totp, name="mfa_activate_totp"),
    path("hai-buoc/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("hai-buoc/ma-du-phong/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("hai-buoc/ma-du-phong/lap-moi/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]

handler400 = "tdkt.views.refused"

urlpatterns = [
    path("", views.home, name="home"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("healthz", healthz, name="healthz"),
    path("tai-khoan/", include(account_urls)),
    path("moi/<str:token>/", account_views.accept_invitation, name="invitation"),
    path("lich/<str:token>.ics", feed_views.calendar, name="calendar_feed"),
    path("thiet-lap/", founding_views.setup, name="setup"),
    path("ke-hoach/", include("plans.urls")),
    path("phong-trao/", include("campaigns.urls")),
    path("cum-thi-dua/", include("clusters.urls")),
    path("khen-thuong/", include("awards.urls")),
    path("so-van-ban/", include("documents.urls")),
    path("nhac-viec/", include("reminders.urls")),
    path("gui/<str:token>/", link_views.answer, name="answer"),
    path("gui/<str:token>/mau/", link_views.sample, name="answer_sample"),
    path("don-vi/", include("units.urls")),
    path("", include("core.urls")),
]
