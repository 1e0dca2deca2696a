"""A window with WebKitGTK in it and nothing around it, for WebKitWebDriver to drive; run by the machine's own Python.

WebKit's MiniBrowser does not say what pages write into their console, opens its settings to no driver, and is never as
narrow as a telephone. Its bindings for Python come with Debian's package, so this imports them only when it is run.
"""

import sys

from engine import SIZE, WATCH


def main(profile: str) -> None:
    """Open a window for each session that the driver begins; what is kept, is kept in `profile`."""
    import gi

    gi.require_version("Gtk", "3.0")
    gi.require_version("WebKit2", "4.1")
    from gi.repository import Gtk, WebKit2

    data = WebKit2.WebsiteDataManager(base_data_directory=profile, base_cache_directory=profile)
    nowhere = WebKit2.NetworkProxySettings.new("http://127.0.0.1:9", ["127.0.0.1"])
    data.set_network_proxy_settings(WebKit2.NetworkProxyMode.CUSTOM, nowhere)
    context = WebKit2.WebContext(website_data_manager=data)
    context.set_automation_allowed(True)
    everywhere, first = WebKit2.UserContentInjectedFrames.ALL_FRAMES, WebKit2.UserScriptInjectionTime.START

    def create(_session: object) -> object:
        scripts = WebKit2.UserContentManager()
        scripts.add_script(WebKit2.UserScript.new(WATCH, everywhere, first, None, None))
        view = WebKit2.WebView(
            web_context=context,
            is_controlled_by_automation=True,
            settings=WebKit2.Settings(enable_write_console_messages_to_stdout=True),
            user_content_manager=scripts,
        )
        view.connect("resource-load-started", lambda _view, _resource, request: told(request.get_uri()))
        view.connect("web-process-terminated", lambda _view, reason: print(f"CONSOLE ERROR WebKit ended: {reason}"))
        window = Gtk.Window(default_width=SIZE[0], default_height=SIZE[1])
        window.add(view)
        window.show_all()
        return view

    def told(url: str) -> None:
        print(f"REQUEST {url}", flush=True)

    def begin(_context: object, session: object) -> None:
        about = WebKit2.ApplicationInfo()
        about.set_name("WebKitGTK")
        about.set_version(WebKit2.get_major_version(), WebKit2.get_minor_version(), WebKit2.get_micro_version())
        session.set_application_info(about)  # type: ignore[attr-defined]
        session.connect("create-web-view", create)  # type: ignore[attr-defined]

    context.connect("automation-started", begin)
    Gtk.main()


if __name__ == "__main__":
    main(sys.argv[1])
