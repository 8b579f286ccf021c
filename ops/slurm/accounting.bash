# The sites' accounting: one MariaDB on a Unix socket, and for each site that has accounting a database, a slurmdbd, and the
# account, QoS and users of its data file. Sourced by `clusters`.

maria_folder() { echo "$data/mariadb"; }
sql() { mariadb --no-defaults --socket="$maria_socket" --user=root --batch --skip-column-names -e "$1"; }
maria_serves() { sql 'select 1'; }

# As root, the server runs as the user `slurm`, who comes with Slurm's packages, and its folder is closed to all others: whoever
# reaches the socket is its root.
maria_user() { if [ "$(id -u)" -eq 0 ]; then echo "--user=slurm"; fi; }
own_maria_folder() {
  mkdir -p "$(maria_folder)" "$home/mariadb"
  if [ "$(id -u)" -eq 0 ]; then chown slurm: "$(maria_folder)" "$home/mariadb"; fi
  chmod 0700 "$(maria_folder)" "$home/mariadb"
}
# Under another name first: what was interrupted is made anew. In memory where that is given: it is thousands of syncs otherwise.
make_database() {
  local folder fast; folder=$(maria_folder)
  fast=$(mktemp -d /dev/shm/hansa-XXXXXX 2>/dev/null || mktemp -d "$folder/making-XXXXXX") || die "no place for MariaDB's tables"
  if [ "$(id -u)" -eq 0 ]; then chown slurm: "$fast"; fi
  mariadb-install-db --no-defaults $(maria_user) --datadir="$fast/data" --auth-root-authentication-method=normal --skip-test-db \
    --skip-name-resolve --innodb-log-file-size=32M >"$folder/install.log" 2>&1 || {
    tail -5 "$folder/install.log" >&2; rm -rf "$fast"; die "MariaDB's tables could not be made"; }
  rm -rf "$folder/new"
  cp -a "$fast/data" "$folder/new" && mv "$folder/new" "$folder/data" || die "MariaDB's tables could not be put into $folder"
  rm -rf "$fast"
}
# Commits always outlive a killed server. With durable=no, which is for tests, they need not outlive a power cut.
flush_level() { if is_durable; then echo 1; else echo 2; fi; }
is_durable() { ! grep -qx 'durable=no' "$data/settings" 2>/dev/null; }
start_maria() {
  if alive mariadb && maria_serves >/dev/null 2>&1; then return; fi
  local folder; folder=$(maria_folder)
  own_maria_folder
  [ -d "$folder/data/mysql" ] || make_database
  alive mariadb || spawn mariadb "$folder/mariadb.out" mariadbd --no-defaults $(maria_user) --datadir="$folder/data" \
    --socket="$maria_socket" --pid-file="$home/mariadb/pid" --skip-networking --skip-log-bin --performance-schema=OFF \
    --innodb-buffer-pool-size=64M --innodb-log-file-size=32M --innodb-lock-wait-timeout=900 \
    --innodb-flush-log-at-trx-commit="$(flush_level)" $(is_durable || echo --innodb-flush-method=nosync --sync-frm=0) \
    --log-error="$folder/mariadb.log"
  until_serving mariadb 60 maria_serves || { tail -5 "$folder/mariadb.log" >&2; die "MariaDB did not start; its log is $folder/mariadb.log"; }
}

slurmdbd_answers() { timeout 10 sacctmgr -nP show cluster format=cluster; }
start_slurmdbd() {
  if ! alive "$site.slurmdbd"; then
    sql "create database if not exists slurm_${site//-/_};
         create user if not exists 'slurm_${site//-/_}'@'localhost';
         alter user 'slurm_${site//-/_}'@'localhost' identified by '$(cat "$etc/munge/storage")';
         grant all on slurm_${site//-/_}.* to 'slurm_${site//-/_}'@'localhost';" || die "MariaDB refused the database of $site"
    # slurmdbd has no setting for the socket; the client library takes it from this variable.
    MYSQL_UNIX_PORT=$maria_socket spawn "$site.slurmdbd" "$log/slurmdbd.out" env "HANSA_CLUSTER=$home/$site" slurmdbd -D
  fi
  until_serving "$site.slurmdbd" 120 slurmdbd_answers || {
    tail -5 "$log/slurmdbd.log" >&2; die "slurmdbd of $site does not answer; its log is $log/slurmdbd.log"; }
}

# Whom the account is open to: who runs this, and whom HANSA_SLURM_USERS names (as root, jobs run as their own users).
users() { tr ', ' '\n\n' <<<"$(id -un) ${HANSA_SLURM_USERS:-}" | sort -u | grep .; }
book() { sacctmgr -i -Q "$@" >>"$log/booking.log" 2>&1 || { tail -3 "$log/booking.log" >&2; die "sacctmgr $* failed at $site"; }; }
# What the data file says, again whenever it or the users have changed.
book_site() {
  local wanted; wanted=$({ cat "$sites/$site.conf"; users; } | sha256sum | cut -c1-16)
  [ "$(cat "$data/$site/booked" 2>/dev/null)" != "$wanted" ] || return 0
  local known name rest account user userqos
  sacctmgr -nP show cluster format=cluster | grep -qx "$site" || book add cluster "$site"
  known=$(sacctmgr -nP show qos format=name)
  while read -r name rest; do
    if grep -qx "$name" <<<"$known"; then book modify qos "$name" set $rest; else book add qos "$name" $rest; fi
  done < <(facts "$site" qos)
  userqos=$(facts "$site" userqos)
  for account in $(facts "$site" account); do
    known=$(sacctmgr -nP show assoc "cluster=$site" "account=$account" format=user)
    [ -n "$known" ] || grep -qx "$account" <<<"$(sacctmgr -nP show account format=account)" &&
      [ -n "$(sacctmgr -nP show assoc "cluster=$site" "account=$account" format=account)" ] || book add account "$account" "cluster=$site"
    for user in $(users); do
      grep -qx "$user" <<<"$known" || book add user "$user" "cluster=$site" "account=$account"
      [ -z "$userqos" ] || book modify user "$user" where "cluster=$site" "account=$account" set "qos=$userqos" "defaultqos=${userqos%%,*}"
    done
  done
  echo "$wanted" >"$data/$site/booked"
}
