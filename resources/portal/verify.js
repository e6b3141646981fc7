/*! Checks the proofs of a view log. Contains @noble/curves and @noble/hashes, (c) Paul Miller, MIT. */
// node_modules/@noble/hashes/_u64.js
var e = /* @__PURE__ */ BigInt(2 ** 32 - 1), t = /* @__PURE__ */ BigInt(32);
function n(n, r = !1) {
	return r ? {
		h: Number(n & e),
		l: Number(n >> t & e)
	} : {
		h: Number(n >> t & e) | 0,
		l: Number(n & e) | 0
	};
}
function r(e, t = !1) {
	let r = e.length, i = new Uint32Array(r), a = new Uint32Array(r);
	for (let o = 0; o < r; o++) {
		let { h: r, l: s } = n(e[o], t);
		[i[o], a[o]] = [r, s];
	}
	return [i, a];
}
var i = (e) => e / 2 ** 32 | 0, a = (e) => e >>> 0;
function o(e, t, n, r) {
	let o = i(n), s = a(n);
	e.setUint32(t, r ? s : o, r), e.setUint32(t + 4, r ? o : s, r);
}
var s = (e, t, n) => e >>> n, c = (e, t, n) => e << 32 - n | t >>> n, l = (e, t, n) => e >>> n | t << 32 - n, u = (e, t, n) => e << 32 - n | t >>> n, d = (e, t, n) => e << 64 - n | t >>> n - 32, f = (e, t, n) => e >>> n - 32 | t << 64 - n;
function p(e, t, n, r) {
	let i = (t >>> 0) + (r >>> 0);
	return {
		h: e + n + (i / 2 ** 32 | 0) | 0,
		l: i | 0
	};
}
var m = (e, t, n) => (e >>> 0) + (t >>> 0) + (n >>> 0), h = (e, t, n, r) => t + n + r + (e / 2 ** 32 | 0) | 0, g = (e, t, n, r) => (e >>> 0) + (t >>> 0) + (n >>> 0) + (r >>> 0), _ = (e, t, n, r, i) => t + n + r + i + (e / 2 ** 32 | 0) | 0, v = (e, t, n, r, i) => (e >>> 0) + (t >>> 0) + (n >>> 0) + (r >>> 0) + (i >>> 0), y = (e, t, n, r, i, a) => t + n + r + i + a + (e / 2 ** 32 | 0) | 0;
// node_modules/@noble/hashes/utils.js
function b(e) {
	return e instanceof Uint8Array || ArrayBuffer.isView(e) && e.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in e && e.BYTES_PER_ELEMENT === 1;
}
var x = (e) => e ? `"${e}" ` : "";
function S(e, t = "") {
	if (typeof e != "number") throw TypeError(x(t) + "expected number, got " + typeof e);
	if (!Number.isSafeInteger(e) || e < 0) throw RangeError(x(t) + "expected integer >= 0, got " + e);
	return e;
}
function C(e, t, n = "") {
	if (b(e) && (t === void 0 || e.length === t)) return e;
	t !== void 0 && S(t, "length");
	let r = b(e), i = t === void 0 ? "" : ` of length ${t}`, a = r ? `length=${e.length}` : `type=${typeof e}`, o = x(n) + "expected Uint8Array" + i + ", got " + a;
	throw r ? RangeError(o) : TypeError(o);
}
var w = (e, t) => {
	if (typeof e != "object" || !e || Array.isArray(e)) throw TypeError((t === "object" ? "" : `"${t}" `) + "expected object, got type=" + typeof e);
}, T = (e, t) => {
	w(e, t);
	let n = Object.getPrototypeOf(e);
	if (n !== Object.prototype && n !== null) throw TypeError(`"${t}" expected plain object`);
	if (Object.hasOwn(e, "__proto__")) throw TypeError(`"${t}.__proto__" is not allowed`);
};
function E(e, t = !0) {
	if (e.destroyed) throw Error("hash was destroyed");
	if (t && e.finished) throw Error("digest() was already called");
}
function D(e, t) {
	C(e, void 0, "output");
	let n = t.outputLen;
	if (!(e.length >= n)) throw RangeError("\"output\" expected length >= " + n);
}
function O(...e) {
	for (let t = 0; t < e.length; t++) e[t].fill(0);
}
function k(e) {
	return new DataView(e.buffer, e.byteOffset, e.byteLength);
}
function A(e, t) {
	return e << 32 - t | e >>> t;
}
var j = typeof Uint8Array.from([]).toHex == "function" && typeof Uint8Array.fromHex == "function", ee = /* @__PURE__ */ Array.from({ length: 256 }, (e, t) => t.toString(16).padStart(2, "0"));
function M(e) {
	if (C(e), j) return e.toHex();
	let t = "";
	for (let n = 0; n < e.length; n++) t += ee[e[n]];
	return t;
}
function te(e) {
	return e >= 48 && e <= 57 ? e - 48 : e >= 65 && e <= 70 ? e - 55 : e >= 97 && e <= 102 ? e - 87 : void 0;
}
function ne(e) {
	if (typeof e != "string") throw TypeError("hex string expected, got " + typeof e);
	if (j) try {
		return Uint8Array.fromHex(e);
	} catch (e) {
		throw e instanceof SyntaxError ? RangeError(e.message) : e;
	}
	let t = e.length, n = t / 2;
	if (t % 2) throw RangeError("hex string expected, got unpadded hex of length " + t);
	let r = new Uint8Array(n);
	for (let t = 0, i = 0; t < n; t++, i += 2) {
		let n = te(e.charCodeAt(i)), a = te(e.charCodeAt(i + 1));
		if (n === void 0 || a === void 0) {
			let t = e[i] + e[i + 1];
			throw RangeError("hex string expected, got non-hex character \"" + t + "\" at index " + i);
		}
		r[t] = n * 16 + a;
	}
	return r;
}
function re(...e) {
	let t = 0;
	for (let n = 0; n < e.length; n++) {
		let r = e[n];
		C(r), t += r.length;
	}
	let n = new Uint8Array(t);
	for (let t = 0, r = 0; t < e.length; t++) {
		let i = e[t];
		n.set(i, r), r += i.length;
	}
	return n;
}
function ie(e, t, n = "opts") {
	return T(e, "defaults"), t !== void 0 && T(t, n), Object.assign(Object.create(null), e, t);
}
function ae(e, t = {}) {
	if (typeof e != "function") throw TypeError("\"hashCons\" expected function, got type=" + typeof e);
	t = ie({}, t, "info");
	let n = (t, n) => e(n).update(t).digest(), r = e(void 0);
	return n.outputLen = r.outputLen, n.blockLen = r.blockLen, n.canXOF = r.canXOF, n.create = (t) => e(t), Object.assign(n, t), Object.freeze(n);
}
function oe(e = 32) {
	S(e, "bytesLength");
	let t = typeof globalThis == "object" ? globalThis.crypto : null;
	if (typeof t?.getRandomValues != "function") throw Error("crypto.getRandomValues must be defined");
	if (e > 65536) throw RangeError(`"bytesLength" expected <= 65536, got ${e}`);
	return t.getRandomValues(new Uint8Array(e));
}
var se = (e) => ({ oid: Uint8Array.from([
	6,
	9,
	96,
	134,
	72,
	1,
	101,
	3,
	4,
	2,
	e
]) });
// node_modules/@noble/hashes/_md.js
function ce(e, t, n) {
	return e & t ^ ~e & n;
}
function le(e, t, n) {
	return e & t ^ e & n ^ t & n;
}
var ue = class {
	blockLen;
	outputLen;
	canXOF = !1;
	padOffset;
	isLE;
	buffer;
	view;
	finished = !1;
	length = 0;
	pos = 0;
	destroyed = !1;
	constructor(e, t, n, r) {
		this.blockLen = e, this.outputLen = t, this.padOffset = n, this.isLE = r, this.buffer = new Uint8Array(e), this.view = k(this.buffer);
	}
	update(e) {
		E(this), C(e);
		let { view: t, buffer: n, blockLen: r } = this, i = e.length, a = !1;
		for (let o = 0; o < i;) {
			let s = Math.min(r - this.pos, i - o);
			if (s === r) {
				let t = k(e);
				for (; r <= i - o; o += r) this.process(t, o);
				a = !0;
			} else n.set(o === 0 && s === i ? e : e.subarray(o, o + s), this.pos), this.pos += s, o += s, this.pos === r && (this.process(t, 0), this.pos = 0, a = !0);
		}
		return this.length += e.length, a && this.roundClean(), this;
	}
	digestInto(e) {
		E(this), D(e, this), this.finished = !0;
		let { buffer: t, view: n, blockLen: r, isLE: i } = this, { pos: a } = this;
		t[a++] = 128, t.fill(0, a), this.padOffset > r - a && (this.process(n, 0), t.fill(0)), o(n, r - 8, this.length * 8, i), this.process(n, 0), this.roundClean();
		let s = e === t ? n : k(e), c = this.outputLen, l = c / 4, u = this.get();
		if (c % 4 || l > u.length) throw Error("invalid outputLen");
		for (let e = 0; e < l; e++) s.setUint32(4 * e, u[e], i);
	}
	digest() {
		let { buffer: e, outputLen: t } = this;
		this.digestInto(e);
		let n = e.slice(0, t);
		return this.destroy(), n;
	}
	_cloneIntoMeta(e) {
		let { buffer: t, length: n, finished: r, destroyed: i, pos: a } = this;
		return e.destroyed = i, e.finished = r, e.length = n, e.pos = a, a && e.buffer.set(t), e;
	}
	clone() {
		return this._cloneInto();
	}
}, de = /* @__PURE__ */ Uint32Array.from([
	1779033703,
	3144134277,
	1013904242,
	2773480762,
	1359893119,
	2600822924,
	528734635,
	1541459225
]), fe = /* @__PURE__ */ Uint32Array.from([
	1779033703,
	4089235720,
	3144134277,
	2227873595,
	1013904242,
	4271175723,
	2773480762,
	1595750129,
	1359893119,
	2917565137,
	2600822924,
	725511199,
	528734635,
	4215389547,
	1541459225,
	327033209
]), pe = /* @__PURE__ */ Uint32Array.from([
	1116352408,
	1899447441,
	3049323471,
	3921009573,
	961987163,
	1508970993,
	2453635748,
	2870763221,
	3624381080,
	310598401,
	607225278,
	1426881987,
	1925078388,
	2162078206,
	2614888103,
	3248222580,
	3835390401,
	4022224774,
	264347078,
	604807628,
	770255983,
	1249150122,
	1555081692,
	1996064986,
	2554220882,
	2821834349,
	2952996808,
	3210313671,
	3336571891,
	3584528711,
	113926993,
	338241895,
	666307205,
	773529912,
	1294757372,
	1396182291,
	1695183700,
	1986661051,
	2177026350,
	2456956037,
	2730485921,
	2820302411,
	3259730800,
	3345764771,
	3516065817,
	3600352804,
	4094571909,
	275423344,
	430227734,
	506948616,
	659060556,
	883997877,
	958139571,
	1322822218,
	1537002063,
	1747873779,
	1955562222,
	2024104815,
	2227730452,
	2361852424,
	2428436474,
	2756734187,
	3204031479,
	3329325298
]), N = /* @__PURE__ */ new Uint32Array(64), me = class extends ue {
	A = 0;
	B = 0;
	C = 0;
	D = 0;
	E = 0;
	F = 0;
	G = 0;
	H = 0;
	constructor(e, t) {
		super(64, e, 8, !1), this.A = t[0] | 0, this.B = t[1] | 0, this.C = t[2] | 0, this.D = t[3] | 0, this.E = t[4] | 0, this.F = t[5] | 0, this.G = t[6] | 0, this.H = t[7] | 0;
	}
	get() {
		let { A: e, B: t, C: n, D: r, E: i, F: a, G: o, H: s } = this;
		return [
			e,
			t,
			n,
			r,
			i,
			a,
			o,
			s
		];
	}
	set(e, t, n, r, i, a, o, s) {
		this.A = e | 0, this.B = t | 0, this.C = n | 0, this.D = r | 0, this.E = i | 0, this.F = a | 0, this.G = o | 0, this.H = s | 0;
	}
	_cloneInto(e) {
		return (e ||= new this.constructor()).set(...this.get()), this._cloneIntoMeta(e);
	}
	process(e, t) {
		for (let n = 0; n < 16; n++, t += 4) N[n] = e.getUint32(t, !1);
		for (let e = 16; e < 64; e++) {
			let t = N[e - 15], n = N[e - 2], r = A(t, 7) ^ A(t, 18) ^ t >>> 3, i = A(n, 17) ^ A(n, 19) ^ n >>> 10;
			N[e] = i + N[e - 7] + r + N[e - 16] | 0;
		}
		let { A: n, B: r, C: i, D: a, E: o, F: s, G: c, H: l } = this;
		for (let e = 0; e < 64; e++) {
			let t = A(o, 6) ^ A(o, 11) ^ A(o, 25), u = l + t + ce(o, s, c) + pe[e] + N[e] | 0, d = (A(n, 2) ^ A(n, 13) ^ A(n, 22)) + le(n, r, i) | 0;
			l = c, c = s, s = o, o = a + u | 0, a = i, i = r, r = n, n = u + d | 0;
		}
		n = n + this.A | 0, r = r + this.B | 0, i = i + this.C | 0, a = a + this.D | 0, o = o + this.E | 0, s = s + this.F | 0, c = c + this.G | 0, l = l + this.H | 0, this.set(n, r, i, a, o, s, c, l);
	}
	roundClean() {
		O(N);
	}
	destroy() {
		this.destroyed = !0, this.set(0, 0, 0, 0, 0, 0, 0, 0), O(this.buffer);
	}
}, he = class extends me {
	constructor() {
		super(32, de);
	}
}, ge = /* @__PURE__ */ r((/* @__PURE__ */ "0x428a2f98d728ae22.0x7137449123ef65cd.0xb5c0fbcfec4d3b2f.0xe9b5dba58189dbbc.0x3956c25bf348b538.0x59f111f1b605d019.0x923f82a4af194f9b.0xab1c5ed5da6d8118.0xd807aa98a3030242.0x12835b0145706fbe.0x243185be4ee4b28c.0x550c7dc3d5ffb4e2.0x72be5d74f27b896f.0x80deb1fe3b1696b1.0x9bdc06a725c71235.0xc19bf174cf692694.0xe49b69c19ef14ad2.0xefbe4786384f25e3.0x0fc19dc68b8cd5b5.0x240ca1cc77ac9c65.0x2de92c6f592b0275.0x4a7484aa6ea6e483.0x5cb0a9dcbd41fbd4.0x76f988da831153b5.0x983e5152ee66dfab.0xa831c66d2db43210.0xb00327c898fb213f.0xbf597fc7beef0ee4.0xc6e00bf33da88fc2.0xd5a79147930aa725.0x06ca6351e003826f.0x142929670a0e6e70.0x27b70a8546d22ffc.0x2e1b21385c26c926.0x4d2c6dfc5ac42aed.0x53380d139d95b3df.0x650a73548baf63de.0x766a0abb3c77b2a8.0x81c2c92e47edaee6.0x92722c851482353b.0xa2bfe8a14cf10364.0xa81a664bbc423001.0xc24b8b70d0f89791.0xc76c51a30654be30.0xd192e819d6ef5218.0xd69906245565a910.0xf40e35855771202a.0x106aa07032bbd1b8.0x19a4c116b8d2d0c8.0x1e376c085141ab53.0x2748774cdf8eeb99.0x34b0bcb5e19b48a8.0x391c0cb3c5c95a63.0x4ed8aa4ae3418acb.0x5b9cca4f7763e373.0x682e6ff3d6b2b8a3.0x748f82ee5defb2fc.0x78a5636f43172f60.0x84c87814a1f0ab72.0x8cc702081a6439ec.0x90befffa23631e28.0xa4506cebde82bde9.0xbef9a3f7b2c67915.0xc67178f2e372532b.0xca273eceea26619c.0xd186b8c721c0c207.0xeada7dd6cde0eb1e.0xf57d4f7fee6ed178.0x06f067aa72176fba.0x0a637dc5a2c898a6.0x113f9804bef90dae.0x1b710b35131c471b.0x28db77f523047d84.0x32caab7b40c72493.0x3c9ebe0a15c9bebc.0x431d67c49c100d4c.0x4cc5d4becb3e42b6.0x597f299cfc657e2a.0x5fcb6fab3ad6faec.0x6c44198c4a475817".split(".")).map((e) => BigInt(e))), _e = ge[0], ve = ge[1], P = /* @__PURE__ */ new Uint32Array(80), F = /* @__PURE__ */ new Uint32Array(80), ye = class extends ue {
	Ah = 0;
	Al = 0;
	Bh = 0;
	Bl = 0;
	Ch = 0;
	Cl = 0;
	Dh = 0;
	Dl = 0;
	Eh = 0;
	El = 0;
	Fh = 0;
	Fl = 0;
	Gh = 0;
	Gl = 0;
	Hh = 0;
	Hl = 0;
	constructor(e, t) {
		super(128, e, 16, !1), this.Ah = t[0] | 0, this.Al = t[1] | 0, this.Bh = t[2] | 0, this.Bl = t[3] | 0, this.Ch = t[4] | 0, this.Cl = t[5] | 0, this.Dh = t[6] | 0, this.Dl = t[7] | 0, this.Eh = t[8] | 0, this.El = t[9] | 0, this.Fh = t[10] | 0, this.Fl = t[11] | 0, this.Gh = t[12] | 0, this.Gl = t[13] | 0, this.Hh = t[14] | 0, this.Hl = t[15] | 0;
	}
	get() {
		let { Ah: e, Al: t, Bh: n, Bl: r, Ch: i, Cl: a, Dh: o, Dl: s, Eh: c, El: l, Fh: u, Fl: d, Gh: f, Gl: p, Hh: m, Hl: h } = this;
		return [
			e,
			t,
			n,
			r,
			i,
			a,
			o,
			s,
			c,
			l,
			u,
			d,
			f,
			p,
			m,
			h
		];
	}
	set(e, t, n, r, i, a, o, s, c, l, u, d, f, p, m, h) {
		this.Ah = e | 0, this.Al = t | 0, this.Bh = n | 0, this.Bl = r | 0, this.Ch = i | 0, this.Cl = a | 0, this.Dh = o | 0, this.Dl = s | 0, this.Eh = c | 0, this.El = l | 0, this.Fh = u | 0, this.Fl = d | 0, this.Gh = f | 0, this.Gl = p | 0, this.Hh = m | 0, this.Hl = h | 0;
	}
	_cloneInto(e) {
		return (e ||= new this.constructor()).set(...this.get()), this._cloneIntoMeta(e);
	}
	process(e, t) {
		for (let n = 0; n < 16; n++, t += 4) P[n] = e.getUint32(t), F[n] = e.getUint32(t += 4);
		for (let e = 16; e < 80; e++) {
			let t = P[e - 15] | 0, n = F[e - 15] | 0, r = l(t, n, 1) ^ l(t, n, 8) ^ s(t, n, 7), i = u(t, n, 1) ^ u(t, n, 8) ^ c(t, n, 7), a = P[e - 2] | 0, o = F[e - 2] | 0, p = l(a, o, 19) ^ d(a, o, 61) ^ s(a, o, 6), m = g(i, u(a, o, 19) ^ f(a, o, 61) ^ c(a, o, 6), F[e - 7], F[e - 16]), h = _(m, r, p, P[e - 7], P[e - 16]);
			P[e] = h | 0, F[e] = m | 0;
		}
		let { Ah: n, Al: r, Bh: i, Bl: a, Ch: o, Cl: b, Dh: x, Dl: S, Eh: C, El: w, Fh: T, Fl: E, Gh: D, Gl: O, Hh: k, Hl: A } = this;
		for (let e = 0; e < 80; e++) {
			let t = l(C, w, 14) ^ l(C, w, 18) ^ d(C, w, 41), s = u(C, w, 14) ^ u(C, w, 18) ^ f(C, w, 41), c = C & T ^ ~C & D, g = w & E ^ ~w & O, _ = v(A, s, g, ve[e], F[e]), j = y(_, k, t, c, _e[e], P[e]), ee = _ | 0, M = l(n, r, 28) ^ d(n, r, 34) ^ d(n, r, 39), te = u(n, r, 28) ^ f(n, r, 34) ^ f(n, r, 39), ne = n & i ^ n & o ^ i & o, re = r & a ^ r & b ^ a & b;
			k = D | 0, A = O | 0, D = T | 0, O = E | 0, T = C | 0, E = w | 0, {h: C, l: w} = p(x | 0, S | 0, j | 0, ee | 0), x = o | 0, S = b | 0, o = i | 0, b = a | 0, i = n | 0, a = r | 0;
			let ie = m(ee, te, re);
			n = h(ie, j, M, ne), r = ie | 0;
		}
		({h: n, l: r} = p(this.Ah | 0, this.Al | 0, n | 0, r | 0)), {h: i, l: a} = p(this.Bh | 0, this.Bl | 0, i | 0, a | 0), {h: o, l: b} = p(this.Ch | 0, this.Cl | 0, o | 0, b | 0), {h: x, l: S} = p(this.Dh | 0, this.Dl | 0, x | 0, S | 0), {h: C, l: w} = p(this.Eh | 0, this.El | 0, C | 0, w | 0), {h: T, l: E} = p(this.Fh | 0, this.Fl | 0, T | 0, E | 0), {h: D, l: O} = p(this.Gh | 0, this.Gl | 0, D | 0, O | 0), {h: k, l: A} = p(this.Hh | 0, this.Hl | 0, k | 0, A | 0), this.set(n, r, i, a, o, b, x, S, C, w, T, E, D, O, k, A);
	}
	roundClean() {
		O(P, F);
	}
	destroy() {
		this.destroyed = !0, O(this.buffer), this.set(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
	}
}, be = class extends ye {
	constructor() {
		super(64, fe);
	}
}, xe = /* @__PURE__ */ ae(() => new he(), /* @__PURE__ */ se(1)), Se = /* @__PURE__ */ ae(() => new be(), /* @__PURE__ */ se(3));
// node_modules/@noble/curves/utils.js
function Ce(e, t, n = () => {}) {
	if (!Array.isArray(e)) throw TypeError(`"${t}" expected array, got type=${typeof e}`);
	for (let r = 0; r < e.length; r++) n(e[r], `${t}[${r}]`);
	return e;
}
var I = (e, t, n) => C(e, t, n), we = S;
function L(e, t = "object") {
	if (typeof e != "object" || !e || Array.isArray(e)) throw TypeError(t === "object" ? "expected valid options object" : `"${t}" expected object, got type=${typeof e}`);
	return e;
}
function R(e, t) {
	if (typeof e != "function") throw TypeError(`"${t}" is invalid: expected function, got ${typeof e}`);
	return e;
}
var Te = M, Ee = (...e) => re(...e), De = (e) => ne(e), Oe = b, ke = (e) => oe(e), z = /* @__PURE__ */ BigInt(0), Ae = /* @__PURE__ */ BigInt(1), je = (e) => e ? `"${e}" ` : "";
function B(e, t = "") {
	if (typeof e != "boolean") throw TypeError(je(t) + "expected boolean, got type=" + typeof e);
	return e;
}
function Me(e) {
	if (typeof e == "bigint") {
		if (!H(e)) throw RangeError("positive bigint expected, got " + e);
	} else we(e);
	return e;
}
function Ne(e, t = "") {
	if (typeof e != "number") {
		let n = t && `"${t}" `;
		throw TypeError(n + "expected number, got type=" + typeof e);
	}
	if (!Number.isSafeInteger(e)) {
		let n = t && `"${t}" `;
		throw RangeError(n + "expected safe integer, got " + e);
	}
}
function Pe(e) {
	if (typeof e != "string") throw TypeError("hex string expected, got " + typeof e);
	return e === "" ? z : BigInt("0x" + e);
}
function Fe(e) {
	return Pe(M(e));
}
function V(e) {
	return Pe(M(Re(C(e)).reverse()));
}
function Ie(e, t) {
	if (S(t), t === 0) throw Error("zero output length is invalid");
	e = Me(e);
	let n = t * 2, r = e.toString(16);
	if (r.length > n) throw RangeError("number is too large");
	return ne(r.padStart(n, "0"));
}
function Le(e, t) {
	return Ie(e, t).reverse();
}
function Re(e) {
	return Uint8Array.from(I(e));
}
function H(e) {
	return typeof e == "bigint" && z <= e;
}
function ze(e, t, n) {
	return H(e) && H(t) && H(n) && t <= e && e < n;
}
function Be(e, t, n, r) {
	if (!ze(t, n, r)) throw RangeError("expected valid " + e + ": " + n + " <= n < " + r + ", got " + t);
}
function Ve(e) {
	if (e < z) throw Error("expected non-negative bigint, got " + e);
	return e === z ? 0 : e.toString(2).length;
}
var He = (e) => (Ne(e, "n"), (Ae << BigInt(e)) - Ae);
function U(e, t = {}, n = {}, r = "object") {
	L(e, r), L(t, "fields"), L(n, "optFields");
	function i(t, n, i) {
		let a = r === "object" ? `param "${String(t)}"` : `"${r}.${String(t)}"`, o = e[t];
		if (!Object.hasOwn(e, t) && (i ? o !== void 0 : n !== "function")) throw TypeError(`${a} is invalid: expected own property`);
		if (i && o === void 0) return;
		let s = typeof o;
		if (s !== n || o === null) throw TypeError(`${a} is invalid: expected ${n}, got ${s}`);
	}
	let a = (e, t) => Object.entries(e).forEach(([e, n]) => i(e, n, t));
	a(t, !1), a(n, !0);
}
// node_modules/@noble/curves/abstract/modular.js
var W = /* @__PURE__ */ BigInt(0), G = /* @__PURE__ */ BigInt(1), K = /* @__PURE__ */ BigInt(2), Ue = /* @__PURE__ */ BigInt(3), We = /* @__PURE__ */ BigInt(4), Ge = /* @__PURE__ */ BigInt(5), Ke = /* @__PURE__ */ BigInt(7), qe = /* @__PURE__ */ BigInt(8), Je = /* @__PURE__ */ BigInt(9), Ye = /* @__PURE__ */ BigInt(15), Xe = /* @__PURE__ */ BigInt(16), Ze = /* @__PURE__ */ BigInt("0x10000000000000000");
function q(e, t) {
	if (t <= W) throw Error("mod: expected positive modulus, got " + t);
	let n = e % t;
	return n >= W ? n : t + n;
}
function Qe(e, t, n) {
	if (n <= G) throw Error("pow: expected modulus > 1, got " + n);
	if (typeof t != "bigint") throw TypeError("invalid exponent: expected bigint, got " + typeof t);
	if (t < W) throw Error("invalid exponent, negatives unsupported");
	if (t === W) return G;
	if (t === G) return e;
	let r = e % n;
	if (r < W && (r += n), t < Ze) {
		let e = G;
		for (; t > W;) t & G && (e = e * r % n), r = r * r % n, t >>= G;
		return e;
	}
	let i = [];
	for (; t > W;) i.push(Number(t & Ye)), t >>= We;
	let a = Array(16);
	a[0] = G, a[1] = r;
	for (let e = 2; e < 16; e++) a[e] = a[e - 1] * r % n;
	let o = a[i[i.length - 1]];
	for (let e = i.length - 2; e >= 0; e--) {
		o = o * o % n, o = o * o % n, o = o * o % n, o = o * o % n;
		let t = i[e];
		t !== 0 && (o = o * a[t] % n);
	}
	return o;
}
function J(e, t, n) {
	if (n <= G) throw Error("pow2: expected modulus > 1, got " + n);
	if (t < W) throw Error("pow2: expected non-negative exponent, got " + t);
	let r = e;
	for (; t-- > W;) r *= r, r %= n;
	return r;
}
function $e(e, t) {
	if (e === W) throw Error("invert: expected non-zero number");
	if (t <= G) throw Error("invert: expected modulus > 1, got " + t);
	let n = q(e, t), r = t, i = W, a = G;
	for (; n !== W;) {
		let e = r / n, t = r - n * e, o = i - a * e;
		r = n, n = t, i = a, a = o;
	}
	if (r !== G) throw Error("invert: does not exist");
	return q(i, t);
}
function et(e, t, n) {
	let r = e;
	if (!r.eql(r.sqr(t), n)) throw Error("Cannot find square root");
}
function tt(e, t) {
	if ((e & G) === W) throw Error(t + ": expected odd modulus, got " + e);
}
function nt(e, t) {
	let n = e, r = (n.ORDER + G) / We, i = n.pow(t, r);
	return et(n, i, t), i;
}
function rt(e, t) {
	let n = e, r = (n.ORDER - Ge) / qe, i = n.mul(t, K), a = n.pow(i, r), o = n.mul(t, a), s = n.mul(n.mul(o, K), a), c = n.mul(o, n.sub(s, n.ONE));
	return et(n, c, t), c;
}
function it(e) {
	let t = mt(e), n = at(e), r = n(t, t.neg(t.ONE)), i = n(t, r), a = n(t, t.neg(r)), o = (e + Ke) / Xe;
	return ((e, t) => {
		let n = e, s = n.pow(t, o), c = n.mul(s, r), l = n.mul(s, i), u = n.mul(s, a), d = n.eql(n.sqr(c), t), f = n.eql(n.sqr(l), t);
		s = n.cmov(s, c, d), c = n.cmov(u, l, f);
		let p = n.eql(n.sqr(c), t), m = n.cmov(s, c, p);
		return et(n, m, t), m;
	});
}
function at(e) {
	if (e < Ue) throw Error("sqrt is not defined for small field");
	tt(e, "tonelliShanks");
	let t = e - G, n = 0;
	for (; t % K === W;) t /= K, n++;
	let r = K, i = mt(e);
	for (; ut(i, r) === 1;) if (r++ > 1e3) throw Error("Cannot find square root: probably non-prime P");
	if (n === 1) return nt;
	let a = i.pow(r, t), o = (t + G) / K;
	return function(e, r) {
		let i = e;
		if (i.is0(r)) return r;
		if (ut(i, r) !== 1) throw Error("Cannot find square root");
		let s = n, c = i.mul(i.ONE, a), l = i.pow(r, t), u = i.pow(r, o);
		for (; !i.eql(l, i.ONE);) {
			if (i.is0(l)) throw Error("Cannot find square root: probably non-prime P");
			let e = 1, t = i.sqr(l);
			for (; !i.eql(t, i.ONE);) if (e++, t = i.sqr(t), e === s) throw Error("Cannot find square root");
			let n = G << BigInt(s - e - 1), r = i.pow(c, n);
			s = e, c = i.sqr(r), l = i.mul(l, c), u = i.mul(u, r);
		}
		return u;
	};
}
function ot(e) {
	return tt(e, "Fp.sqrt"), e % We === Ue ? nt : e % qe === Ge ? rt : e % Xe === Je ? it(e) : at(e);
}
var st = (e, t) => (q(e, t) & G) === G, ct = [
	"create",
	"isValid",
	"is0",
	"neg",
	"inv",
	"sqrt",
	"sqr",
	"eql",
	"add",
	"sub",
	"mul",
	"pow",
	"div",
	"addN",
	"subN",
	"mulN",
	"sqrN"
];
function Y(e) {
	if (L(e, "field"), typeof e.ORDER != "bigint") throw TypeError("param \"ORDER\" is invalid: expected bigint, got " + typeof e.ORDER);
	Ne(e.BYTES, "BYTES"), Ne(e.BITS, "BITS");
	for (let t of ct) R(e[t], "field." + t);
	if (e.BYTES < 1 || e.BITS < 1) throw Error("invalid field: expected BYTES/BITS > 0");
	if (e.ORDER <= G) throw Error("invalid field: expected ORDER > 1, got " + e.ORDER);
	return e;
}
function lt(e, t, n = !1) {
	Y(e), Ce(t, "nums"), B(n, "passZero");
	let r = e, i = Array(t.length).fill(n ? r.ZERO : void 0), a = t.reduce((e, t, n) => r.is0(t) ? e : (i[n] = e, r.mul(e, t)), r.ONE), o = r.inv(a);
	return t.reduceRight((e, t, n) => r.is0(t) ? e : (i[n] = r.mul(e, i[n]), r.mul(e, t)), o), i;
}
function ut(e, t) {
	Y(e);
	let n = e;
	tt(n.ORDER, "FpLegendre");
	let r = (n.ORDER - G) / K, i = n.pow(t, r), a = n.eql(i, n.ONE), o = n.eql(i, n.ZERO), s = n.eql(i, n.neg(n.ONE));
	if (!a && !o && !s) throw Error("invalid Legendre symbol result");
	return a ? 1 : o ? 0 : -1;
}
function dt(e, t) {
	if (t !== void 0 && we(t), e <= W) throw Error("invalid n length: expected positive n, got " + e);
	if (t !== void 0 && t < 1) throw Error("invalid n length: expected positive bit length, got " + t);
	let n = Ve(e);
	if (t !== void 0 && t < n) throw Error(`invalid n length: expected nBitLength (${t}) >= bitLen(n) (${n})`);
	let r = t === void 0 ? n : t;
	return {
		nBitLength: r,
		nByteLength: Math.ceil(r / 8)
	};
}
var ft = /* @__PURE__ */ new WeakMap(), pt = class {
	ORDER;
	BITS;
	BYTES;
	isLE;
	ZERO = W;
	ONE = G;
	_lengths;
	_mod;
	constructor(e, t = {}) {
		if (e <= G) throw Error("invalid field: expected ORDER > 1, got " + e);
		let n;
		this.isLE = !1, typeof t == "object" && t && (typeof t.BITS == "number" && (n = t.BITS), typeof t.sqrt == "function" && Object.defineProperty(this, "sqrt", {
			value: t.sqrt,
			enumerable: !0
		}), typeof t.isLE == "boolean" && (this.isLE = t.isLE), t.allowedLengths && (this._lengths = Object.freeze(t.allowedLengths.slice())), typeof t.modFromBytes == "boolean" && (this._mod = t.modFromBytes));
		let { nBitLength: r, nByteLength: i } = dt(e, n);
		if (i > 2048) throw Error("invalid field: expected ORDER of <= 2048 bytes");
		this.ORDER = e, this.BITS = r, this.BYTES = i, Object.freeze(this);
	}
	create(e) {
		return q(e, this.ORDER);
	}
	isValid(e) {
		if (typeof e != "bigint") throw TypeError("invalid field element: expected bigint, got " + typeof e);
		return W <= e && e < this.ORDER;
	}
	is0(e) {
		return e === W;
	}
	isValidNot0(e) {
		return !this.is0(e) && this.isValid(e);
	}
	isOdd(e) {
		return (e & G) === G;
	}
	neg(e) {
		return q(-e, this.ORDER);
	}
	eql(e, t) {
		return e === t;
	}
	sqr(e) {
		return q(e * e, this.ORDER);
	}
	add(e, t) {
		return q(e + t, this.ORDER);
	}
	sub(e, t) {
		return q(e - t, this.ORDER);
	}
	mul(e, t) {
		return q(e * t, this.ORDER);
	}
	pow(e, t) {
		return Qe(e, t, this.ORDER);
	}
	div(e, t) {
		return q(e * $e(t, this.ORDER), this.ORDER);
	}
	sqrN(e) {
		return e * e;
	}
	addN(e, t) {
		return e + t;
	}
	subN(e, t) {
		return e - t;
	}
	mulN(e, t) {
		return e * t;
	}
	inv(e) {
		return $e(e, this.ORDER);
	}
	sqrt(e) {
		let t = ft.get(this);
		return t || ft.set(this, t = ot(this.ORDER)), t(this, e);
	}
	toBytes(e) {
		return this.isLE ? Le(e, this.BYTES) : Ie(e, this.BYTES);
	}
	fromBytes(e, t = !1) {
		I(e);
		let { _lengths: n, BYTES: r, isLE: i, ORDER: a, _mod: o } = this;
		if (n) {
			if (e.length < 1 || !n.includes(e.length) || e.length > r) throw Error("Field.fromBytes: expected " + n + " bytes, got " + e.length);
			let t = new Uint8Array(r);
			t.set(e, i ? 0 : t.length - e.length), e = t;
		}
		if (e.length !== r) throw Error("Field.fromBytes: expected " + r + " bytes, got " + e.length);
		let s = i ? V(e) : Fe(e);
		if (o && (s = q(s, a)), !t && !this.isValid(s)) throw Error("invalid field element: outside of range 0..ORDER");
		return s;
	}
	invertBatch(e) {
		return lt(this, e, !0);
	}
	cmov(e, t, n) {
		return B(n, "condition"), n ? t : e;
	}
};
function mt(e, t = {}) {
	return Object.freeze(pt.prototype), new pt(e, t);
}
// node_modules/@noble/curves/abstract/curve.js
var ht = /* @__PURE__ */ BigInt(0), X = /* @__PURE__ */ BigInt(1), gt = /* @__PURE__ */ BigInt(4), _t = 16, vt = 128, yt = 5, bt = 2 ** 31;
function xt(e) {
	let t = e;
	if (typeof t != "function") throw TypeError("\"Point\" expected constructor, got type=" + typeof e);
	R(t.fromAffine, "Point.fromAffine"), R(t.fromBytes, "Point.fromBytes"), R(t.fromHex, "Point.fromHex"), L(t.BASE, "Point.BASE"), L(t.ZERO, "Point.ZERO"), Y(t.Fp), Y(t.Fn);
}
function St(e, t) {
	xt(e), Et(t, e);
	let n = lt(e.Fp, t.map((e) => e.Z));
	return t.map((t, r) => e.fromAffine(t.toAffine(n[r])));
}
function Ct(e, t, n = 1) {
	if (!Number.isSafeInteger(e) || e < n || e > t) throw Error("invalid window size, expected [" + n + ".." + t + "], got W=" + e);
}
function wt(e, t) {
	let n = e * (4 * t + 128);
	if (n > bt) throw Error("invalid window size: table would need ~" + Math.ceil(n / 2 ** 20) + " MiB, max " + bt / 2 ** 20 + " MiB");
}
function Tt(e, t) {
	if (e !== void 0) {
		R(e, "randomBytes");
		try {
			let n = e(t);
			if (!Oe(n) || n.length !== t) return;
		} catch {
			return;
		}
		return e;
	}
}
function Et(e, t) {
	Ce(e, "points"), e.forEach((e, n) => {
		if (!(e instanceof t)) throw Error("invalid point at index " + n);
	});
}
function Dt(e, t, n) {
	if (!Array.isArray(e)) throw Error("array of scalars expected");
	e.forEach((e, r) => {
		if (!(n === void 0 ? t.isValid(e) : H(e) && e < n)) throw Error("invalid scalar at index " + r);
	});
}
var Ot = /* @__PURE__ */ new WeakMap();
function kt(e) {
	return Ot.get(e) || 1;
}
function At(e, t) {
	let n = e.double(), r = [e];
	for (let e = 1; e < t; e++) r.push(r[e - 1].add(n));
	return r;
}
function jt(e, t) {
	let n = 2 ** t, r = n / 2, i = BigInt(n - 1), a = [];
	for (; e > ht;) {
		let t = 0;
		e & X && (t = Number(e & i), t >= r && (t -= n), e -= BigInt(t)), a.push(t), e >>= X;
	}
	return a;
}
function Mt(e, t, n) {
	let r = 2 ** t, i = r / 2, a = BigInt(r - 1), o = BigInt(t), s = [];
	for (let t = 0; t < n; t++) {
		let t = Number(e & a);
		e >>= o, t > i && (t -= r, e += X), s.push(t);
	}
	if (e !== ht) throw Error("invalid wnaf");
	return s;
}
function Nt(e, t, n) {
	let r = 0;
	for (let e of n) r = Math.max(r, e.length);
	let i = e;
	for (let e = r - 1; e >= 0; e--) {
		e !== r - 1 && (i = i.double());
		for (let r = 0; r < n.length; r++) {
			let a = n[r][e];
			if (a) {
				let e = t[r][Math.abs(a) - 1 >> 1];
				i = i.add(a < 0 ? e.negate() : e);
			}
		}
	}
	return i;
}
var Pt = class {
	Point;
	BASE;
	ZERO;
	randomBytes;
	wnafPrecomputes = /* @__PURE__ */ new WeakMap();
	baseCanBeBlinded;
	bits;
	constructor(e, t) {
		xt(e), this.randomBytes = Tt(t, _t), this.Point = e, this.BASE = e.BASE, this.ZERO = e.ZERO, this.bits = e.Fn.BITS;
	}
	buildWnafTable(e, t, n) {
		let r = Math.ceil(n / t) + 1, i = 2 ** (t - 1), a = [], o = e;
		for (let e = 0; e < r; e++) {
			let e = o;
			for (let t = 0; t < i; t++) a.push(e), e = e.add(o);
			o = a[a.length - 1].double();
		}
		return {
			W: t,
			bits: n,
			windows: r,
			comp: a
		};
	}
	wnafCachedCT(e, t) {
		let { W: n, windows: r, comp: i } = e, a = 2 ** (n - 1), o = Mt(t, n, r), s = this.ZERO, c = this.BASE;
		for (let e = 0; e < r; e++) {
			let t = o[e], n = e * a, r = Math.abs(t) - 1, l = i[n];
			for (let e = 1; e < a; e++) l = e === r ? i[n + e] : l;
			let u = l.negate();
			t === 0 ? c = c.add(i[n]) : s = s.add(t < 0 ? u : l);
		}
		return {
			p: s,
			f: c
		};
	}
	getWnafPrecomputes(e, t, n, r) {
		let i = this.wnafPrecomputes.get(t), a = i?.find((t) => t.W === e && t.bits === n);
		return a || (a = this.buildWnafTable(t, e, n), typeof r == "function" && (a = {
			...a,
			comp: r(a.comp)
		}), i || (i = [], this.wnafPrecomputes.set(t, i)), i.push(a)), a;
	}
	assertPoint(e) {
		if (!(e instanceof this.Point)) throw TypeError("\"point\" expected Point instance, got type=" + typeof e);
	}
	validateMulInput(e, t) {
		if (this.assertPoint(e), !ze(t, X, this.Point.Fn.ORDER)) throw Error("invalid scalar");
	}
	runCT(e, t, n, r) {
		let i = kt(e);
		return i === 1 ? this.fixedWindowCT(e, t, n) : this.wnafCachedCT(this.getWnafPrecomputes(i, e, n, r), t);
	}
	mulCT(e, t, n) {
		return this.validateMulInput(e, t), this.runCT(e, t, this.bits, n);
	}
	mulCTBlinded(e, t, n) {
		if (this.validateMulInput(e, t), this.randomBytes === void 0) throw Error("randomBytes is required for scalar blinding");
		let r = this.Point.Fn.BITS + vt, i = this.randomBytes(_t);
		if (!Oe(i) || i.length !== _t) throw Error("randomBytes returned invalid byte array");
		i[0] = i[0] & 63 | 128;
		let a = t + Fe(i) * this.Point.Fn.ORDER;
		return this.runCT(e, a, r, n);
	}
	fixedWindowCT(e, t, n) {
		let r = yt, i = He(r), a = Array(32);
		a[0] = this.ZERO;
		for (let t = 1; t < 32; t++) a[t] = a[t - 1].add(e);
		let o = Math.ceil(n / r), s = this.ZERO;
		for (let e = o - 1; e >= 0; e--) {
			if (e !== o - 1) for (let e = 0; e < r; e++) s = s.double();
			let n = Number(t >> BigInt(e * r) & i), c = a[0];
			for (let e = 1; e < 32; e++) c = e === n ? a[e] : c;
			s = s.add(c);
		}
		return {
			p: s,
			f: s
		};
	}
	shouldBlind(e, t) {
		return this.randomBytes === void 0 ? !1 : t === X || e === this.BASE && (this.baseCanBeBlinded === void 0 && (this.baseCanBeBlinded = this.mulUnsafe(this.BASE, this.Point.Fn.ORDER).is0()), this.baseCanBeBlinded);
	}
	mulSecret(e, t, n, r) {
		return this.shouldBlind(e, n) ? this.mulCTBlinded(e, t, r) : this.mulCT(e, t, r);
	}
	mulUnsafe(e, t, n) {
		if (this.assertPoint(e), !H(t)) throw Error("invalid scalar");
		let r = kt(e);
		if (r === 1 || t >= this.Point.Fn.ORDER) return Ft(this.Point, [e], [t], !0);
		let i = this.getWnafPrecomputes(r, e, this.bits, n);
		return this.wnafCachedCT(i, t).p;
	}
	setWindowSize(e, t) {
		this.assertPoint(e), Ct(t, this.bits), wt((Math.ceil((this.bits + vt) / t) + 1) * 2 ** (t - 1), this.Point.Fp.BYTES), Ot.set(e, t), this.wnafPrecomputes.delete(e);
	}
	hasWindowSize(e) {
		return kt(e) !== 1;
	}
};
function Ft(e, t, n, r = !1) {
	if (xt(e), Et(t, e), B(r, "allowOversized"), Dt(n, e.Fn, r ? e.Fn.ORDER ** gt : void 0), t.length !== n.length) throw Error("arrays of points and scalars must have equal length");
	let i = t.map((e) => At(e, 4)), a = n.map((e) => jt(e, 4));
	return Nt(e.ZERO, i, a);
}
function It(e, t, n) {
	if (t) {
		if (t.ORDER !== e) throw Error("Field.ORDER must match order: Fp == p, Fn == n");
		return Y(t), t;
	}
	return mt(e, { isLE: n });
}
function Lt(e, t, n = {}, r) {
	if (e !== "weierstrass" && e !== "edwards") throw Error("expected curve type \"weierstrass\" or \"edwards\"");
	if (r === void 0 && (r = e === "edwards"), !t || typeof t != "object") throw Error(`expected valid ${e} CURVE object`);
	U(n);
	for (let e of [
		"p",
		"n",
		"h"
	]) {
		let n = t[e];
		if (!(H(n) && n !== ht)) throw Error(`CURVE.${e} must be positive bigint`);
	}
	let i = It(t.p, n.Fp, r), a = It(t.n, n.Fn, r), o = [
		"Gx",
		"Gy",
		"a",
		e === "weierstrass" ? "b" : "d"
	];
	for (let e of o) if (!i.isValid(t[e])) throw Error(`CURVE.${e} must be valid field element of CURVE.Fp`);
	return t = Object.freeze(Object.assign({}, t)), {
		CURVE: t,
		Fp: i,
		Fn: a
	};
}
function Rt(e, t) {
	return function(n) {
		let r = e(n);
		return {
			secretKey: r,
			publicKey: t(r)
		};
	};
}
// node_modules/@noble/curves/abstract/edwards.js
var zt = /* @__PURE__ */ BigInt(0), Bt = /* @__PURE__ */ BigInt(1), Vt = /* @__PURE__ */ BigInt(2), Ht = /* @__PURE__ */ BigInt(4), Ut = /* @__PURE__ */ BigInt(8);
function Wt(e, t, n, r) {
	let i = e.sqr(n), a = e.sqr(r), o = e.add(e.mul(t.a, i), a), s = e.add(e.ONE, e.mul(t.d, e.mul(i, a)));
	return e.eql(o, s);
}
function Gt(e, t = {}) {
	U(t, {}, {}, "extraOpts");
	let n = t, r = Lt("edwards", e, n, n.FpFnLE), { Fp: i, Fn: a } = r, o = r.CURVE, { h: s } = o;
	if (ut(i, o.a) !== 1) throw Error("edwards: CURVE.a must be a square in Fp for complete addition formulas");
	if (ut(i, o.d) !== -1) throw Error("edwards: CURVE.d must be a non-square in Fp for complete addition formulas");
	U(n, {}, {
		uvRatio: "function",
		randomBytes: "function"
	});
	let c = n.randomBytes === void 0 ? ke : n.randomBytes, l = Vt << BigInt(i.BYTES * 8) - Bt;
	function u(e) {
		if (!i.isOdd) throw Error("Field does not have .isOdd()");
		return i.isOdd(e);
	}
	let d = n.uvRatio === void 0 ? (e, t) => {
		try {
			return {
				isValid: !0,
				value: i.sqrt(i.div(e, t))
			};
		} catch {
			return {
				isValid: !1,
				value: zt
			};
		}
	} : n.uvRatio;
	if (!Wt(i, o, o.Gx, o.Gy)) throw Error("bad curve params: generator point");
	let f = i.eql(o.a, i.neg(i.ONE)) ? (e) => i.neg(e) : i.eql(o.a, i.ONE) ? (e) => e : (e) => i.mul(o.a, e);
	function p(e, t, n = !1) {
		let r = n ? Bt : zt;
		return Be("coordinate " + e, t, r, l), t;
	}
	function m(e) {
		if (!(e instanceof h)) throw Error("EdwardsPoint expected");
	}
	class h {
		static BASE = new h(o.Gx, o.Gy, i.ONE, i.mul(o.Gx, o.Gy));
		static ZERO = new h(i.ZERO, i.ONE, i.ONE, i.ZERO);
		static Fp = i;
		static Fn = a;
		X;
		Y;
		Z;
		T;
		constructor(e, t, n, r) {
			this.X = p("x", e), this.Y = p("y", t), this.Z = p("z", n, !0), this.T = p("t", r), Object.freeze(this);
		}
		static CURVE() {
			return o;
		}
		static fromAffine(e) {
			if (e instanceof h) throw Error("extended point not allowed");
			let { x: t, y: n } = e || {};
			return p("x", t), p("y", n), new h(t, n, i.ONE, i.mul(t, n));
		}
		static fromBytes(e, t = !1) {
			let n = i.BYTES, { a: r, d: a } = o;
			e = Re(I(e, n, "point")), B(t, "zip215");
			let s = Re(e), c = e[n - 1];
			s[n - 1] = c & -129;
			let f = V(s);
			Be("point.y", f, zt, t ? l : i.ORDER);
			let p = i.sqr(f), m = i.sub(p, i.ONE), g = i.sub(i.mulN(a, p), r), { isValid: _, value: v } = d(m, g);
			if (!_) throw Error("bad point: invalid y coordinate");
			let y = u(v), b = !!(c & 128);
			if (!t && i.is0(v) && b) throw Error("bad point: x=0 and x_0=1");
			return b !== y && (v = i.neg(v)), h.fromAffine({
				x: v,
				y: f
			});
		}
		static fromHex(e, t = !1) {
			return h.fromBytes(De(e), t);
		}
		get x() {
			return this.toAffine().x;
		}
		get y() {
			return this.toAffine().y;
		}
		precompute(e = 6, t = !0) {
			return _.setWindowSize(this, e), t || this.multiply(Vt), this;
		}
		assertValidity() {
			let e = this, { a: t, d: n } = o;
			if (e.is0()) throw Error("bad point: ZERO");
			let { X: r, Y: a, Z: s, T: c } = e, l = i.sqr(r), u = i.sqr(a), d = i.sqr(s), f = i.sqr(d), p = i.mul(l, t), m = i.mul(i.add(p, u), d), h = i.add(f, i.mul(n, i.mul(l, u)));
			if (!i.eql(m, h)) throw Error("bad point: equation left != right (1)");
			let g = i.mul(r, a), _ = i.mul(s, c);
			if (!i.eql(g, _)) throw Error("bad point: equation left != right (2)");
		}
		equals(e) {
			m(e);
			let { X: t, Y: n, Z: r } = this, { X: a, Y: o, Z: s } = e, c = i.mul(t, s), l = i.mul(a, r), u = i.mul(n, s), d = i.mul(o, r);
			return i.eql(c, l) && i.eql(u, d);
		}
		is0() {
			return this.equals(h.ZERO);
		}
		negate() {
			return new h(i.neg(this.X), this.Y, this.Z, i.neg(this.T));
		}
		double() {
			let { X: e, Y: t, Z: n } = this, r = i.sqr(e), a = i.sqr(t), o = i.mul(i.sqr(n), Vt), s = f(r), c = i.addN(e, t), l = i.sub(i.subN(i.sqr(c), r), a), u = i.addN(s, a), d = i.subN(u, o), p = i.subN(s, a), m = i.mul(l, d), g = i.mul(u, p), _ = i.mul(l, p), v = i.mul(d, u);
			return new h(m, g, v, _);
		}
		add(e) {
			m(e);
			let { d: t } = o, { X: n, Y: r, Z: a, T: s } = this, { X: c, Y: l, Z: u, T: d } = e, p = i.mul(n, c), g = i.mul(r, l), _ = i.mul(i.mulN(s, t), d), v = i.mul(a, u), y = i.sub(i.subN(i.mulN(i.addN(n, r), i.addN(c, l)), p), g), b = i.subN(v, _), x = i.addN(v, _), S = i.sub(g, f(p)), C = i.mul(y, b), w = i.mul(x, S), T = i.mul(y, S), E = i.mul(b, x);
			return new h(C, w, E, T);
		}
		subtract(e) {
			return m(e), this.add(e.negate());
		}
		multiply(e) {
			if (!a.isValidNot0(e)) throw RangeError("invalid scalar: expected 1 <= sc < curve.n");
			let { p: t, f: n } = _.mulSecret(this, e, s, g);
			return g([t, n])[0];
		}
		multiplyUnsafe(e) {
			if (!a.isValid(e)) throw RangeError("invalid scalar: expected 0 <= sc < curve.n");
			return e === zt ? h.ZERO : this.is0() || e === Bt ? this : _.mulUnsafe(this, e, g);
		}
		isSmallOrder() {
			return this.clearCofactor().is0();
		}
		isTorsionFree() {
			return _.mulUnsafe(this, o.n).is0();
		}
		toAffine(e) {
			let t = this, n = e;
			if (n != null && typeof n != "bigint") throw TypeError("\"invertedZ\" expected bigint, got type=" + typeof n);
			let { X: r, Y: a, Z: o } = t, s = t.is0();
			n ??= s ? i.create(Ut) : i.inv(o);
			let c = i.mul(r, n), l = i.mul(a, n), u = i.mul(o, n);
			if (s) return {
				x: i.ZERO,
				y: i.ONE
			};
			if (!i.eql(u, i.ONE)) throw Error("invZ was invalid");
			return {
				x: c,
				y: l
			};
		}
		clearCofactor() {
			return s === Bt ? this : s === Vt ? this.double() : s === Ht ? this.double().double() : s === Ut ? this.double().double().double() : this.multiplyUnsafe(s);
		}
		toBytes() {
			let { x: e, y: t } = this.toAffine(), n = i.toBytes(t);
			return n[n.length - 1] |= u(e) ? 128 : 0, n;
		}
		toHex() {
			return Te(this.toBytes());
		}
		toString() {
			return `<Point ${this.is0() ? "ZERO" : this.toHex()}>`;
		}
	}
	let g = (e) => St(h, e), _ = new Pt(h, c);
	return _.bits >= 6 && h.BASE.precompute(6), Object.freeze(h.prototype), Object.freeze(h), h;
}
function Kt(e, t, n = {}) {
	if (xt(e), typeof t != "function") throw Error("\"hash\" function param is required");
	let r = t, i = n;
	U(i, {}, {
		adjustScalarBytes: "function",
		randomBytes: "function",
		domain: "function",
		prehash: "function",
		zip215: "boolean",
		mapToCurve: "function",
		toMontgomery: "function",
		toMontgomerySecret: "function"
	});
	let { prehash: a } = i, { BASE: o, Fp: s, Fn: c } = e, l = r.outputLen, u = 2 * s.BYTES;
	if (l !== void 0 && (Ne(l, "hash.outputLen"), l !== u)) throw Error(`hash.outputLen must be ${u}, got ${l}`);
	let d = i.randomBytes === void 0 ? ke : i.randomBytes, f = i.toMontgomery, p = i.toMontgomerySecret, m = i.adjustScalarBytes === void 0 ? (e) => e : i.adjustScalarBytes, h = i.domain === void 0 ? (e, t, n) => {
		if (B(n, "phflag"), t.length || n) throw Error("Contexts/pre-hash are not supported");
		return e;
	} : i.domain;
	function g(e) {
		return c.create(V(e));
	}
	function _(e) {
		let t = T.secretKey;
		I(e, T.secretKey, "secretKey");
		let n = I(r(e), 2 * t, "hashedSecretKey"), i = m(n.slice(0, t));
		return {
			head: i,
			prefix: n.slice(t, 2 * t),
			scalar: g(i)
		};
	}
	function v(e) {
		let { head: t, prefix: n, scalar: r } = _(e), i = o.multiply(r);
		return {
			head: t,
			prefix: n,
			scalar: r,
			point: i,
			pointBytes: i.toBytes()
		};
	}
	function y(e) {
		return v(e).pointBytes;
	}
	function b(e = Uint8Array.of(), ...t) {
		let n = Ee(...t);
		return g(r(h(n, I(e, void 0, "context"), !!a)));
	}
	function x(e, t, n = {}) {
		U(n, {}, {}, "options"), e = Re(I(e, void 0, "message")), a && (e = a(e));
		let { prefix: r, scalar: i, pointBytes: s } = v(t), l = b(n.context, r, e), u = o.multiply(l).toBytes(), d = b(n.context, u, s, e), f = c.create(l + d * i);
		if (!c.isValid(f)) throw Error("sign failed: invalid s");
		return I(Ee(u, c.toBytes(f)), T.signature, "result");
	}
	let S = { zip215: i.zip215 };
	function C(t, n, r, i = S) {
		U(i);
		let { context: s } = i, c = i.zip215 === void 0 ? !!S.zip215 : i.zip215, l = T.signature;
		t = I(t, l, "signature"), n = I(n, void 0, "message"), r = I(r, T.publicKey, "publicKey"), c !== void 0 && B(c, "zip215"), a && (n = a(n));
		let u = l / 2, d = t.subarray(0, u), f = V(t.subarray(u, l)), p, m, h;
		try {
			p = e.fromBytes(r, c), m = e.fromBytes(d, c), h = o.multiplyUnsafe(f);
		} catch {
			return !1;
		}
		if (!c && p.isSmallOrder()) return !1;
		let g = b(s, d, r, n);
		return m.add(p.multiplyUnsafe(g)).subtract(h).clearCofactor().is0();
	}
	let w = s.BYTES, T = {
		secretKey: w,
		publicKey: w,
		signature: 2 * w,
		seed: w
	};
	function E(e) {
		return e = e === void 0 ? d(T.seed) : e, I(e, T.seed, "seed");
	}
	function D(e) {
		return Oe(e) && e.length === T.secretKey;
	}
	function O(t, n) {
		try {
			return !!e.fromBytes(t, n === void 0 ? S.zip215 : n);
		} catch {
			return !1;
		}
	}
	let k = {
		getExtendedPublicKey: v,
		randomSecretKey: E,
		isValidSecretKey: D,
		isValidPublicKey: O,
		toMontgomery(t) {
			if (f === void 0) throw Error("Montgomery conversion is not supported for this curve");
			return f(e.fromBytes(t));
		},
		toMontgomerySecret(e) {
			if (p === void 0) throw Error("Montgomery conversion is not supported for this curve");
			return p(e);
		}
	};
	return Object.freeze(T), Object.freeze(k), Object.freeze({
		keygen: Rt(E, y),
		getPublicKey: y,
		sign: x,
		verify: C,
		utils: k,
		Point: e,
		lengths: T
	});
}
// node_modules/@noble/curves/ed25519.js
var qt = /* @__PURE__ */ BigInt(1), Jt = /* @__PURE__ */ BigInt(2), Yt = /* @__PURE__ */ BigInt(5), Xt = /* @__PURE__ */ BigInt(8), Zt = /* @__PURE__ */ BigInt("0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed"), Qt = {
	p: Zt,
	n: BigInt("0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed"),
	h: Xt,
	a: BigInt("0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec"),
	d: BigInt("0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3"),
	Gx: BigInt("0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51a"),
	Gy: BigInt("0x6666666666666666666666666666666666666666666666666666666666666658")
};
function $t(e) {
	let t = BigInt(10), n = BigInt(20), r = BigInt(40), i = BigInt(80), a = Zt, o = e * e % a * e % a, s = J(J(o, Jt, a) * o % a, qt, a) * e % a, c = J(s, Yt, a) * s % a, l = J(c, t, a) * c % a, u = J(l, n, a) * l % a, d = J(u, r, a) * u % a;
	return {
		pow_p_5_8: J(J(J(J(d, i, a) * d % a, i, a) * d % a, t, a) * c % a, Jt, a) * e % a,
		b2: o
	};
}
function en(e) {
	return e[0] &= 248, e[31] &= 127, e[31] |= 64, e;
}
var tn = /* @__PURE__ */ BigInt("19681161376707505956807079304988542015446066515923890162744021073123829784752");
function nn(e, t) {
	let n = Zt, r = q(t * t * t, n), i = $t(e * q(r * r * t, n)).pow_p_5_8, a = q(e * r * i, n), o = q(t * a * a, n), s = a, c = q(a * tn, n), l = o === e, u = o === q(-e, n), d = o === q(-e * tn, n);
	return l && (a = s), (u || d) && (a = c), st(a, n) && (a = q(-a, n)), {
		isValid: l || u,
		value: a
	};
}
var rn = /* @__PURE__ */ Gt(Qt, { uvRatio: nn }), an = rn.Fp;
function on(e) {
	let { y: t } = e;
	return an.toBytes(an.div(qt + t, qt - t));
}
function sn(e) {
	let t = rn.Fp.BYTES;
	return C(e, t), en(Se(e.subarray(0, t))).subarray(0, t);
}
function cn(e) {
	return Kt(rn, Se, Object.assign({
		adjustScalarBytes: en,
		toMontgomery: on,
		toMontgomerySecret: sn,
		zip215: !0
	}, e));
}
var ln = /* @__PURE__ */ cn({}), un = {
	sha256: (e) => xe(e),
	verify: (e, t, n) => {
		try {
			return ln.verify(n, t, e, { zip215: !1 });
		} catch {
			return !1;
		}
	}
}, Z = class extends Error {
	code;
	constructor(e, t) {
		super(t), this.name = "LedgerFormatError", this.code = e;
	}
}, dn = new TextEncoder(), fn = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", pn = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", mn = (e) => {
	let t = (/* @__PURE__ */ new Uint8Array(128)).fill(255);
	for (let n = 0; n < 64; n++) t[e.charCodeAt(n)] = n;
	return t;
}, hn = mn(fn), gn = mn(pn), _n = (e) => dn.encode(e), vn = (...e) => {
	let t = new Uint8Array(e.reduce((e, t) => e + t.length, 0)), n = 0;
	for (let r of e) t.set(r, n), n += r.length;
	return t;
}, yn = (e, t) => e.length === t.length && e.every((e, n) => e === t[n]), bn = (e, t) => {
	let n = new Uint8Array(Math.floor(e.length * 3 / 4)), r = 0, i = 0, a = 0;
	for (let o = 0; o < e.length; o++) {
		let s = t[e.charCodeAt(o)] ?? 255;
		if (s === 255) throw new Z("base64", "not base64");
		r = (r << 6 | s) & 16777215, i += 6, i >= 8 && (i -= 8, n[a++] = r >> i & 255);
	}
	if (i === 6 || r & (1 << i) - 1) throw new Z("base64", "not base64");
	return n.subarray(0, a);
}, xn = (e) => {
	if (e.length % 4 != 0) throw new Z("base64", "not base64");
	return bn(e.replace(/={1,2}$/, ""), hn);
}, Sn = (e) => bn(e, gn), Cn = (e) => Array.from(e, (e) => e.toString(16).padStart(2, "0")).join(""), wn = {
	ed25519: 1,
	cosignature: 4
}, Tn = (e) => e.length > 0 && e.isWellFormed() && !/[\s+\p{White_Space}\p{Cc}]/u.test(e), En = (e, t, n, r) => Cn(e(vn(_n(`${t}\n`), Uint8Array.of(n), r)).subarray(0, 4)), Dn = (e, t, n, r) => {
	if (!Tn(t) || r.length !== 32) throw new Z("key", "not a verifier key");
	return {
		name: t,
		type: n,
		publicKey: r,
		keyId: En(e, t, n, r)
	};
}, On = (e, t) => {
	let [n, r, ...i] = t.split("+"), a = xn(i.join("+")), o = Object.values(wn).find((e) => e === a[0]);
	if (n === void 0 || o === void 0) throw new Z("key", "not a verifier key");
	let s = Dn(e, n, o, a.subarray(1));
	if (s.keyId !== r) throw new Z("key", "the key hash does not fit the key");
	return s;
}, kn = 100, An = "— ", Q = () => new Z("note", "not a signed note"), jn = (e) => {
	let t = e.endsWith("\n") ? e.slice(0, -1) : e, [n, r, ...i] = t.startsWith(An) ? t.slice(2).split(" ") : [];
	if (n === void 0 || r === void 0 || i.length > 0 || !Tn(n)) throw Q();
	let a = xn(r);
	if (a.length < 5) throw Q();
	return {
		name: n,
		keyId: Cn(a.subarray(0, 4)),
		signature: a.subarray(4)
	};
}, Mn = (e) => {
	if (!e.isWellFormed() || /[^\P{Cc}\n\u007f-\u009f]/u.test(e) || !e.endsWith("\n")) throw Q();
	let t = e.lastIndexOf("\n\n");
	if (t < 0) throw Q();
	let n = e.slice(t + 2, -1).split("\n");
	if (n.length > kn) throw Q();
	return {
		text: e.slice(0, t + 1),
		signatures: n.map(jn)
	};
}, Nn = (e, t) => e.signatures.find((e) => e.name === t.name && e.keyId === t.keyId), Pn = (e, t, n) => {
	let r = Mn(t), i = Nn(r, n);
	if (n.type !== wn.ed25519 || i === void 0) throw new Z("signature", "not signed by this key");
	if (!e.verify(n.publicKey, _n(r.text), i.signature)) throw new Z("signature", "the signature is not genuine");
	return r;
}, Fn = (e) => {
	let t = new Z("checkpoint", "not a checkpoint");
	if (!e.endsWith("\n")) throw t;
	let n = e.slice(0, -1).split("\n"), [r, i, a] = n;
	if (r === void 0 || i === void 0 || a === void 0 || n.includes("") || !/^(?:0|[1-9][0-9]{0,15})$/.test(i) || !Number.isSafeInteger(Number(i))) throw t;
	let o = xn(a);
	if (o.length !== 32) throw t;
	return {
		origin: r,
		size: Number(i),
		root: o
	};
}, In = (e) => Fn(Mn(e).text), Ln = (e, t, n) => {
	let r = Fn(Pn(e, t, n).text);
	if (r.origin !== n.name) throw new Z("checkpoint", "the origin is not this log");
	return r;
}, Rn = (e, t) => _n(`cosignature/v1\ntime ${e}\n${t}`), zn = (e) => {
	if (e.signature.length !== 72) throw new Z("cosignature", "not a cosignature");
	let { buffer: t, byteOffset: n } = e.signature;
	return Number(new DataView(t, n, 8).getBigUint64(0));
}, Bn = (e, t, n, r) => {
	let i = jn(n);
	if (r.type !== wn.cosignature || i.name !== r.name || i.keyId !== r.keyId) throw new Z("cosignature", "not cosigned by this witness");
	let a = zn(i);
	if (!Number.isSafeInteger(a) || !e.verify(r.publicKey, Rn(a, t), i.signature.subarray(8))) throw new Z("cosignature", "the cosignature is not genuine");
	return a;
}, Vn = (e, t) => e(_n(`\0${t}`)), Hn = (e, t, n) => (Un[0] = 1, Un.set(t, 1), Un.set(n, 33), e(Un)), Un = /* @__PURE__ */ new Uint8Array(65), Wn = (e) => Math.floor(e / 2), Gn = (e) => e % 2 == 1, Kn = (e) => Number.isSafeInteger(e) && e >= 0, qn = (e, t) => {
	if (!Kn(t.index) || !Kn(t.size) || t.index >= t.size) return !1;
	let n = t.index, r = t.size - 1, i = t.leaf;
	for (let a of t.proof) {
		if (r === 0 || a.length !== 32) return !1;
		if (Gn(n) || n === r) for (i = Hn(e, a, i); !Gn(n) && n !== 0;) n = Wn(n), r = Wn(r);
		else i = Hn(e, i, a);
		n = Wn(n), r = Wn(r);
	}
	return r === 0 && yn(i, t.root);
}, Jn = (e, t) => {
	let n = -1;
	try {
		let r = On(e.sha256, t.public_key);
		if (r.name !== t.origin) return "checkpoint";
		let { size: i, root: a } = Ln(e, t.checkpoint, r);
		for (let r of t.rows) {
			n = r.i;
			let t = Vn(e.sha256, r.entry), o = r.proof.map(xn);
			if (!qn(e.sha256, {
				index: n,
				size: i,
				leaf: t,
				root: a,
				proof: o
			})) return n;
		}
		return;
	} catch (e) {
		if (e instanceof Z) return n < 0 ? "checkpoint" : n;
		throw e;
	}
}, Yn = (e, t) => Dn(e.sha256, t.kid, wn.cosignature, Sn(t.x)), Xn = (e, t, n) => {
	let { text: r } = Mn(t.checkpoint);
	for (let i of t.cosignatures) try {
		return Bn(e, r, i, n);
	} catch (e) {
		if (!(e instanceof Z)) throw e;
	}
	return null;
}, Zn = (e) => {
	let { at: t } = JSON.parse(e);
	return typeof t == "number" ? new Date(t).toISOString() : void 0;
}, Qn = (e, { logs: t }, n, r) => {
	let i = new Map(r.map(({ place: e, time: t }) => [e, t])), a = 0, o = Infinity;
	for (let r of t) {
		let t = Jn(e, r);
		if (t === "checkpoint") return {
			verdict: "invalid",
			what: "checkpoint",
			where: r.origin
		};
		if (t !== void 0) return {
			verdict: "invalid",
			what: "row",
			where: `${r.origin} ${t}`
		};
		for (let e of r.rows) {
			let t = `${r.origin} ${e.i}`, n = i.get(t);
			if (n === void 0) return {
				verdict: "invalid",
				what: "hidden",
				where: t
			};
			if (n !== Zn(e.entry)) return {
				verdict: "invalid",
				what: "time",
				where: t
			};
			i.delete(t), a += 1;
		}
		let s = Xn(e, r, n);
		o = s === null || o === null ? null : Math.min(o, s);
	}
	let [s] = i.keys();
	return s === void 0 ? {
		verdict: "valid",
		rows: a,
		logs: t.length,
		witnessed: t.length === 0 ? null : o
	} : {
		verdict: "invalid",
		what: "shown",
		where: s
	};
}, $n = (e) => {
	let { size: t } = In(e.checkpoint);
	return {
		size: t,
		root: Mn(e.checkpoint).text.split("\n")[2] ?? "",
		key: e.public_key
	};
}, er = (e, t) => e.key === t.key && (t.size > e.size || t.size === e.size && t.root === e.root), tr = {
	"zh-CN": {
		running: "正在您的设备上验证…",
		failed: "没能在您的设备上验证，下面是服务器的核对结果；可下载证明文件自行核对。",
		valid: (e, t) => `✓ 已在您的设备上验证：${e} 条记录均在 ${t} 台设备的签名日志中，未被删改`,
		witnessed: (e) => `平台作为见证方联署于 ${e}；此后的记录会在下次同步后出现。`,
		unwitnessed: "签名有效，但没有见证方的联署：日志末尾是否缺少记录，无法由此证明。",
		invalid: {
			checkpoint: "✗ 一台设备的日志签名无效",
			row: "✗ 一条记录不在签名的日志中",
			hidden: "✗ 日志中有一条记录没有显示在本页",
			shown: "✗ 本页显示的一条记录没有证明",
			time: "✗ 一条记录显示的时间与日志不符",
			rewritten: "✗ 一台设备的日志与您上次看到的不一致"
		},
		where: (e) => `位置：${e}`,
		officer: "请保存本页和证明文件，联系该公司的个人信息保护负责人。"
	},
	"en-US": {
		running: "Checking on your device…",
		failed: "This could not be checked on your device; below is what the server found. You can download the proofs and check them yourself.",
		valid: (e, t) => `✓ Checked on your device: ${e === 1 ? "1 record stands" : `${e} records stand`} in the signed logs of ${t === 1 ? "1 device" : `${t} devices`}, unaltered`,
		witnessed: (e) => `The platform cosigned as a witness at ${e}; later records appear after the next sync.`,
		unwitnessed: "The signatures are good, but no witness cosigned: whether records are missing at the end cannot be proven by this.",
		invalid: {
			checkpoint: "✗ The signature of a device’s log is not genuine",
			row: "✗ A record does not stand in the signed log",
			hidden: "✗ A record of the log is not shown on this page",
			shown: "✗ A record on this page has no proof",
			time: "✗ A record is shown with another time than the log has",
			rewritten: "✗ A device’s log is not the one that you saw last time"
		},
		where: (e) => `Where: ${e}`,
		officer: "Please keep this page and the proofs, and contact the company’s personal information protection officer."
	}
}, nr = document.documentElement.lang === "en-US" ? "en-US" : "zh-CN", $ = tr[nr], rr = decodeURIComponent(location.pathname.split("/")[2] ?? ""), ir = async (e, t = {}) => {
	let n = await fetch(e, {
		headers: t,
		cache: "no-store",
		credentials: "omit",
		referrerPolicy: "no-referrer"
	});
	if (!n.ok) throw Error(`answered ${n.status}`);
	return n.json();
}, ar = () => [...document.querySelectorAll("[data-place]")].map((e) => ({
	place: e.getAttribute("data-place") ?? "",
	time: e.querySelector("time")?.dateTime ?? ""
})), or = (e) => `candor-head ${e}`, sr = (e) => {
	try {
		let t = $n(e), n = localStorage.getItem(or(e.origin)), r = n === null ? void 0 : JSON.parse(n);
		return r !== void 0 && !er(r, t) || (localStorage.setItem(or(e.origin), JSON.stringify(t)), !1);
	} catch {
		return !1;
	}
}, cr = async () => {
	let e = await ir("/v1/candidate/views", { authorization: `Bearer ${rr}` }), { keys: t } = await ir("/.well-known/candor"), [n] = t;
	if (n === void 0) throw Error("the hub names no witness");
	let r = Qn(un, e, Yn(un, n), ar());
	if (r.verdict === "invalid") return {
		state: "invalid",
		lines: [
			$.invalid[r.what],
			$.where(r.where),
			$.officer
		]
	};
	let i = e.logs.find(sr);
	if (i !== void 0) return {
		state: "invalid",
		lines: [
			$.invalid.rewritten,
			$.where(i.origin),
			$.officer
		]
	};
	let a = r.witnessed === null ? $.unwitnessed : $.witnessed(new Intl.DateTimeFormat(nr, {
		timeZone: "Asia/Shanghai",
		dateStyle: "medium",
		timeStyle: "short"
	}).format(r.witnessed * 1e3));
	return {
		state: "valid",
		lines: [$.valid(r.rows, r.logs), a]
	};
}, lr = (e, { state: t, lines: n }) => {
	let r = n.map((e, t) => {
		let n = document.createElement("p");
		return n.textContent = e, t > 0 && (n.className = "small"), n;
	}), i = document.createElement("div");
	if (i.dataset.verdict = t, i.append(...r), e.querySelector("[data-verdict]")?.remove(), e.prepend(i), t !== "failed") for (let t of e.querySelectorAll("[data-by-server]")) t.remove();
	e.classList.toggle("warn", t === "invalid");
}, ur = document.querySelector("[data-proof]");
ur !== null && (lr(ur, {
	state: "failed",
	lines: [$.running]
}), cr().catch(() => ({
	state: "failed",
	lines: [$.failed]
})).then((e) => lr(ur, e)).catch(() => void 0));
