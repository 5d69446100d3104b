import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0005_evidence_paper_with_scan'),
        ('units', '0002_approves_inside'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='delivery',
            name='answer_number',
            field=models.CharField(blank=True, max_length=80, verbose_name='số văn bản trả lời'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='answered_on',
            field=models.DateField(blank=True, null=True, verbose_name='ngày trả lời'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='receiver_name',
            field=models.CharField(blank=True, max_length=300, verbose_name='nơi nhận, ghi tên'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='recorded_at',
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now, verbose_name='ghi lúc'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='delivery',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người gửi'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='search',
            field=models.TextField(blank=True, default='', editable=False),
        ),
        migrations.AddField(
            model_name='delivery',
            name='way',
            field=models.CharField(choices=[('inside', 'Trong chương trình'), ('next_door', 'Trên hệ thống quản lý văn bản'), ('on_paper', 'Bản giấy')], default='inside', max_length=10, verbose_name='cách gửi'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='withdrawn_on',
            field=models.DateField(blank=True, null=True, verbose_name='ngày thu hồi'),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='receiver',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='received_deliveries', to='units.unit', verbose_name='nơi nhận'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['sender', '-sent_on', '-id'], name='delivery_by_sender'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['receiver', '-sent_on', '-id'], name='delivery_by_receiver'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('receiver__isnull', False), ('receiver_name', '')), models.Q(('receiver__isnull', True), models.Q(('receiver_name', ''), _negated=True)), _connector='OR'), name='delivery_has_one_receiver'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('receiver__isnull', True), models.Q(('receiver', models.F('sender')), _negated=True), _connector='OR'), name='delivery_leaves_the_house'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer_number', ''), ('answered_by__isnull', True), ('answered_on__isnull', True)), models.Q(('answer_number', ''), ('answered_by__isnull', False), ('answered_on__isnull', False)), models.Q(('answered_by__isnull', True), ('answered_on__isnull', False), models.Q(('answer_number', ''), _negated=True)), _connector='OR'), name='delivery_is_answered_by_one_paper'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('answered_on__isnull', True), ('received_on__isnull', False), _connector='OR'), name='delivery_is_answered_once_received'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_on__isnull', True), models.Q(('received_on__isnull', True), ('returned_on__isnull', True)), _connector='OR'), name='delivery_withdrawn_is_nothing_else'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(('returned_on__isnull', True), ('withdrawn_on__isnull', True)), fields=('paper', 'receiver'), name='delivery_open_once'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(('returned_on__isnull', True), ('withdrawn_on__isnull', True), ('receiver__isnull', True)), fields=('paper', 'receiver_name'), name='delivery_open_once_by_name'),
        ),
    ]
